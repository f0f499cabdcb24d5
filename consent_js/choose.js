import { withAct } from './act.js'
import { answersOf, stillCount } from './decision.js'
import { keepRecord } from './keep.js'
import { actsIn, cookies, thisMinute } from './store.js'
import { reloadWhereStopped, takeActs } from './take.js'
/** @import { Act, AskedTexts, Kit, Method } from './types.js' */

/**
 * Take in what the visitor chose, and keep it; other pages hear of it then (keep.js).
 *
 * @param {Kit} kit
 * @param {AskedTexts} texts What was shown.
 * @param {Method} method
 * @param {string[]} yes The codes of what is granted.
 * @param {string[]} no The codes of what is refused.
 */
export async function choose(kit, texts, method, yes, no) {
  const minute = thisMinute()
  const acts = actsNow(kit, minute)
  const before = answersOf(acts, minute)
  /** @param {boolean} granted */
  const refused = (granted) => no.filter((code) => !before.get(code)?.yes !== granted).join('')
  const now = withAct(acts, [kit.terms.number + '', minute.toString(36), method, texts.digest, yes.join(''), refused(false), refused(true)])
  keepRecord(now, texts.domain)
  kit.turn++
  takeActs(kit, texts, now)
  if (!(await kit.withPart('after', 'here'))) reloadWhereStopped(kit)
}

/**
 * The acts that count, as another page may have kept them since; where nothing can be kept, those that this page knows.
 *
 * @param {Kit} kit
 * @param {number} minute
 * @returns {Act[]}
 */
function actsNow(kit, minute) {
  const kept = actsIn(cookies())
  return stillCount(kept.length ? kept : kit.acts, minute).reduce(withAct, /** @type {Act[]} */ ([]))
}

/**
 * The codes that an answer for all is about: the services that need consent, and their purposes.
 *
 * @param {Kit} kit
 * @returns {string[]}
 */
export function everyCode({ terms }) {
  return [...new Set([...terms.services.values()].flat().map(([code]) => code))]
}
