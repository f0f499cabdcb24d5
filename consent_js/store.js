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
 * The acts in these cookies, oldest first: both this website and its domain may have a record.
 *
 * @param {string[]} lines
 * @returns {Act[]}
 */
export function actsIn(lines) {
  return lines.flatMap(parseRecord).sort((one, other) => minuteOf(one) - minuteOf(other))
}
