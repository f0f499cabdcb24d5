/** @import { Kit } from './types.js' */

/** What Google's scripts were told last; nothing before the first time. */
let signalled = ''

/**
 * Tell Google's scripts what is granted, before the first of them runs and at each change: Consent Mode, version 2,
 * basic. All signals start as denied; without consent no script of Google is there to hear them.
 *
 * @param {Kit} kit
 * @param {{ mode: Record<string, string> }} data The purpose of each signal.
 * @returns {true}
 */
export function use({ isAllowed }, { mode }) {
  const layer = Reflect.get(window, 'dataLayer') ?? []
  Reflect.set(window, 'dataLayer', layer)
  /** Google reads only the list of a function's arguments. */
  function gtag() {
    layer.push(arguments)
  }
  /** @param {(purpose: string) => boolean} granted */
  const state = (granted) => Object.fromEntries(Object.entries(mode).map(([name, purpose]) => [name, granted(purpose) ? 'granted' : 'denied']))
  const now = state(isAllowed)
  const line = Object.values(now).join()
  if (!signalled) Reflect.apply(gtag, null, ['consent', 'default', state(() => false)])
  if (signalled !== line) Reflect.apply(gtag, null, ['consent', 'update', now])
  signalled = line
  return true
}
