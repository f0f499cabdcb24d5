/** @import { Act } from './types.js' */

const FORM = /^consent=2(\.\d{1,6}\.[0-9a-z]{1,6}\.(all|none|some|one)\.[0-9a-f]{8}(\.([0-9a-z]{4})*){3})+$/

/**
 * The acts that a cookie holds, such as `consent=2.3.hx3fk.some.77ab01ce.1f4k0a2b.9zz1.`: the form of the record, then
 * each act that still stands, oldest first. Nothing for any cookie that we did not write.
 *
 * @param {string} line
 * @returns {Act[]}
 */
export function parseRecord(line) {
  const acts = []
  const fields = FORM.test(line) ? line.split('.').slice(1) : []
  while (fields.length) acts.push(/** @type {Act} */ (/** @type {unknown} */ (fields.splice(0, 7))))
  return acts
}

/**
 * The codes of a list as an act writes it.
 *
 * @param {string} list
 * @returns {string[]}
 */
export function codesIn(list) {
  return list.match(/.{4}/g) ?? []
}

/**
 * The moment of an act, in minutes since 1970 (UTC).
 *
 * @param {Act} act
 */
export function minuteOf([, minute]) {
  return parseInt(minute, 36)
}
