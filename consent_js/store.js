import { formatRecord, parseRecord } from './record.js'
import { TERM } from './decision.js'
/** @import { ConsentRecord } from './types.js' */

const NAME = 'consent='

/**
 * The record on this device; null if there is none that we wrote and that counts. Of several, the newest.
 *
 * @param {(record: ConsentRecord) => boolean} counts
 * @returns {ConsentRecord | null}
 */
export function readRecord(counts) {
  const records = cookies().flatMap((pair) => (pair.startsWith(NAME) ? (parseRecord(pair.slice(8)) ?? []) : []))
  return records.filter(counts).sort((one, other) => other.minute - one.minute)[0] ?? null
}

/**
 * Whether this device keeps more for this website than the record, as far as a page can see.
 *
 * @returns {boolean}
 */
export function keepsMore() {
  try {
    return cookies().some((pair) => pair && !pair.startsWith(NAME)) || localStorage.length + sessionStorage.length > 0
  } catch {
    return false
  }
}

/**
 * Keep the record on this device; where that is refused, the choice holds for this page only.
 *
 * @param {ConsentRecord} record
 * @param {string} domain The domain whose sub-domains share one choice, or nothing.
 */
export function keepRecord(record, domain) {
  const shared = domain && ('.' + location.hostname).endsWith('.' + domain) ? '; domain=' + domain : ''
  const secure = location.protocol === 'https:' ? '; secure' : ''
  try {
    document.cookie = `${NAME}${formatRecord(record)}; path=/; max-age=${TERM * 60}; samesite=lax${shared}${secure}`
  } catch {
    // Cookies are blocked here.
  }
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
