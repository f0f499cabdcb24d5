import { formatRecord } from './act.js'
import { minuteOf, parseRecord } from './record.js'
import { thisMinute } from './store.js'
/** @import { Act, Remembered } from './types.js' */

const KEY = 'consent'
const MOST = 20
const YEAR = 365 * 24 * 60

/**
 * The acts that this browser remembers for its visitor, oldest first: at most twenty, none older than a year.
 *
 * @returns {Remembered[]}
 */
export function rememberedActs() {
  return storedLines().flatMap((line) => {
    const signal = line.endsWith('!')
    const [act] = parseRecord(signal ? line.slice(0, -1) : line)
    return act && thisMinute() - minuteOf(act) < YEAR ? [{ act, signal }] : []
  })
}

/**
 * Add an act to the list, unless it stands last there. The other pages of this website hear of it, and follow.
 *
 * @param {Act} act
 * @param {boolean} signal Whether the browser asks not to follow its visitor.
 */
export function rememberAct(act, signal) {
  const known = rememberedActs().map((one) => formatRecord([one.act]) + (one.signal ? '!' : ''))
  const line = formatRecord([act])
  if (known[known.length - 1]?.startsWith(line)) return
  try {
    localStorage.setItem(KEY, [...known, line + (signal ? '!' : '')].slice(-MOST).join('\n'))
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
