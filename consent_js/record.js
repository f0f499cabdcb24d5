/** @import { ConsentRecord, Method } from './types.js' */

const LONGEST = 1024
const FORM = /^1\.(\d{1,6})\.([0-9a-f]{8,12})\.([0-9a-f]{8,12})\.([0-9a-z]{1,6})\.(all|none|some)((?:\._?[a-z][a-z0-9-]*)*)$/

/**
 * The record as one line of letters, digits and `_.-`, such as `1.2.5e0c91d2.77ab01ce.hx3fk.some.surveys`.
 * The first part is the form of the line; a purpose after `_` was withdrawn.
 *
 * @param {ConsentRecord} record
 * @returns {string}
 */
export function formatRecord(record) {
  const { number, terms, text, minute, method, granted, withdrawn } = record
  return [1, number, terms, text, minute.toString(36), method, ...granted, ...withdrawn.map((id) => '_' + id)].join('.')
}

/**
 * The record that a line holds; null for any line that we did not write.
 *
 * @param {unknown} line
 * @returns {ConsentRecord | null}
 */
export function parseRecord(line) {
  if (typeof line !== 'string' || line.length > LONGEST) return null
  const found = FORM.exec(line)
  if (!found) return null
  const purposes = found[6].split('.').slice(1)
  const granted = purposes.filter((id) => id[0] !== '_')
  const method = /** @type {Method} */ (found[5])
  if (method === 'none' && granted.length) return null
  return {
    number: Number(found[1]),
    terms: found[2],
    text: found[3],
    minute: parseInt(found[4], 36),
    method,
    granted,
    withdrawn: purposes.filter((id) => id[0] === '_').map((id) => id.slice(1)),
  }
}
