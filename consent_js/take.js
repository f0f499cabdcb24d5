import { reload } from './reload.js'
import { actsIn, cookies } from './store.js'
/** @import { Act, ChangeTexts, Kit } from './types.js' */

/**
 * Bring the page in line with these acts, and say so to its scripts.
 *
 * @param {Kit} kit
 * @param {ChangeTexts} texts
 * @param {Act[]} acts
 */
export function takeActs(kit, { all }, acts) {
  Object.assign(kit, { acts, seen: cookies().join() })
  kit.update()
  const detail = { granted: all.filter(kit.isAllowed) }
  document.dispatchEvent(new CustomEvent('consent:change', { bubbles: true, detail }))
}

/**
 * Take in what another page may have kept, before the visitor is shown what stands.
 *
 * @param {Kit} kit
 * @param {ChangeTexts} texts
 */
export function catchUp(kit, texts) {
  const lines = cookies()
  if (lines.join() !== kit.seen) takeActs(kit, texts, actsIn(lines))
}

/**
 * What runs cannot be stopped but by loading the page anew.
 *
 * @param {Kit} kit
 */
export function reloadWhereStopped({ gate, isAllowed }) {
  if ([...gate.running].some((name) => !isAllowed(name))) reload()
}
