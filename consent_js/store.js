import { minuteOf, parseRecord } from './record.js'
/** @import { Act } from './types.js' */

/** The moment, in minutes since 1970 (UTC), and nothing finer. */
export function thisMinute() {
  return Math.floor(Date.now() / 60000)
}

/**
 * The cookies that can be read here, as `name=value`.
 *
 * @returns {string[]}
 */
export function cookies() {
  try {
    return document.cookie.split('; ')
  } catch {
    return []
  }
}

/**
 * The acts in these cookies, oldest first: both this website and its domain may have a record. With them go those that
 * were kept last on this host (keep.js), where the list has the newest of the cookies too: an answer of the server may
 * bring an older record back (decisions/0016). A list that does not know it is behind: what another page has just kept
 * comes into the list of this one a moment later than into its cookies.
 *
 * @param {string[]} lines
 * @returns {Act[]} The same act may stand in it twice.
 */
export function actsIn(lines) {
  const acts = lines.flatMap(parseRecord)
  try {
    const newest = acts[acts.length - 1].join('.')
    const list = localStorage.consent
    if (list.includes(newest)) acts.push(...parseRecord(list.split('\n').pop()))
  } catch {
    // There is no act, so that nothing may be looked up, or no such store here.
  }
  return acts.sort((one, other) => minuteOf(one) - minuteOf(other))
}
