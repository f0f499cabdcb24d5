import { formatRecord } from './act.js'
import { minuteOf, parseRecord } from './record.js'
import { thisMinute } from './store.js'
/** @import { Act, Remembered } from './types.js' */

const KEY = 'consent'
const MOST = 20
/** Stands in a line of its own before an act that was chosen while the browser asked not to follow its visitor. */
const SIGNAL = '!'
const YEAR = 365 * 24 * 60

/**
 * The acts that this browser remembers for its visitor, oldest first: at most twenty, none older than a year.
 *
 * @returns {Remembered[]}
 */
export function rememberedActs() {
  const lines = storedLines()
  return lines.flatMap((line, at) => {
    const act = parseRecord(line).pop()
    return act && thisMinute() - minuteOf(act) < YEAR ? [{ act, signal: lines[at - 1] === SIGNAL }] : []
  })
}

/**
 * Put an act at the end of the list. The other pages of this website hear of it, and follow.
 * It is the last line only where keep.js put it there before: see `actsIn`.
 *
 * @param {Act} act
 * @param {boolean} signal Whether the browser asks not to follow its visitor.
 */
export function rememberAct(act, signal) {
  const line = formatRecord([act])
  const others = rememberedActs().filter((one) => formatRecord([one.act]) !== line)
  const counts = parseRecord(storedLines().pop() ?? '').length
  const lines = [...others, { act, signal }].slice(-MOST).flatMap((one) => [...(one.signal ? [SIGNAL] : []), formatRecord([one.act])])
  const text = [...lines, ...(counts ? [] : [''])].join('\n')
  try {
    if (text !== storedLines().join('\n')) localStorage.setItem(KEY, text)
  } catch {
    // Nothing can be kept here, or no more.
  }
}

function storedLines() {
  try {
    return (localStorage.getItem(KEY) ?? '').split('\n')
  } catch {
    return []
  }
}
