import { codesIn } from './record.js'
/** @import { Act, Lists } from './types.js' */

const LONGEST_RECORD = 3900

/**
 * The acts as a cookie; `parseRecord` reads it. The oldest acts go where it would be too long: a browser keeps 4096 bytes.
 *
 * @param {Act[]} acts
 * @returns {string}
 */
export function formatRecord(acts) {
  const line = ['consent=2', ...acts.flat()].join('.')
  return line.length > LONGEST_RECORD ? formatRecord(acts.slice(1)) : line
}

/**
 * The acts after one more: the newest act about a code is the one that stands.
 *
 * @param {Act[]} acts
 * @param {Act} act
 * @returns {Act[]}
 */
export function withAct(acts, act) {
  const said = codesIn(listsOf(act).join(''))
  /** @param {string} list */
  const left = (list) => codesIn(list).filter((code) => !said.includes(code)).join('')
  const older = acts.map(([number, minute, method, text, ...lists]) => /** @type {Act} */ ([number, minute, method, text, ...lists.map(left)]))
  return [...older, act].filter((one) => listsOf(one).join(''))
}

/** @param {Act} act @returns {Lists} What it granted, refused and withdrew. */
function listsOf([, , , , ...lists]) {
  return lists
}
