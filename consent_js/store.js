import { formatRecord, parseRecord } from './record.js'
import { TERM } from './decision.js'
/** @import { ConsentRecord } from './types.js' */

/**
 * The record on this device; null if there is none that we wrote. Of several, the newest.
 *
 * @returns {ConsentRecord | null}
 */
export function readRecord() {
  const records = cookies().flatMap((pair) => (pair.startsWith('consent=') ? (parseRecord(pair.slice(8)) ?? []) : []))
  return records.sort((one, other) => other.minute - one.minute)[0] ?? null
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
    document.cookie = `consent=${formatRecord(record)}; path=/; max-age=${TERM * 60}; samesite=lax${shared}${secure}`
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
