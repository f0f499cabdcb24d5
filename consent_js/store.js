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
 * were kept last on this host (keep.js): an answer of the server may bring an older record back (decisions/0016).
 *
 * @param {string[]} lines
 * @returns {Act[]} The same act may stand in it twice.
 */
export function actsIn(lines) {
  const acts = lines.flatMap(parseRecord)
  try {
    if (acts.length) acts.push(...parseRecord(localStorage.consent.split('\n').pop()))
  } catch {
    // There is no such store here, or nothing in it.
  }
  return acts.sort((one, other) => minuteOf(one) - minuteOf(other))
}
