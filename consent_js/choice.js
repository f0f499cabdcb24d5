import { allows, grantedNow } from './decision.js'
import { formatRecord, parseRecord } from './record.js'
import { keepRecord, readRecord } from './store.js'
/** @import { Choice, Config, ConsentRecord } from './types.js' */

/**
 * The choice of this visitor, from the record on this device or in memory where none can be kept.
 *
 * @param {Config} config
 * @param {string} text The digest of the words in which the page asks.
 * @returns {Choice}
 */
export function openChoice(config, text) {
  const minute = () => Math.floor(Date.now() / 60000)
  /** @param {ConsentRecord | null} found */
  const grantedBy = (found) => grantedNow(found, config, minute())
  const kept = () => readRecord((found) => grantedBy(found) !== null)
  const granted = () => grantedBy(record)
  let record = kept()
  const line = () => record && formatRecord(record)
  return {
    granted,
    allows: (id) => allows(id, granted(), config),
    make(method, purposes) {
      const now = config.purposes.filter((id) => method === 'all' || purposes.includes(id))
      const withdrawn = (granted() ?? []).filter((id) => !now.includes(id))
      const { number, terms } = config
      record = { number, terms, text, minute: minute(), method, granted: now, withdrawn }
      keepRecord(record, config.domain)
      return withdrawn
    },
    line,
    read(told) {
      const before = line()
      const heard = parseRecord(told)
      record = (grantedBy(heard) ? heard : kept()) ?? record
      return line() !== before
    },
    justWithdrawn: () => (record && granted() && minute() - record.minute < 2 ? record.withdrawn : []),
  }
}
