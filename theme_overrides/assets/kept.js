/** @import { Known, Verdict } from './verdict.js' */

/**
 * Of a file of data that somebody kept: a receipt of choices, or the lock.
 *
 * @param {any} data
 * @param {Known} known
 * @returns {Verdict}
 */
export function onData(data, known) {
  const records = data['dpv:hasRecordOfActivity']
  if (data['@type'] === 'dpv:ConsentReceipt' && Array.isArray(records)) return ofReceipt(records, known)
  if (Array.isArray(data.entries)) return ofLock(data.entries, known)
  return notOurs('unknown_data')
}

/**
 * A receipt names for each choice the text that was shown, as `…/bewijs/77ab01ce.json`, and the version newest then.
 *
 * @param {any[]} records
 * @param {Known} known
 * @returns {Verdict}
 */
function ofReceipt(records, { notices }) {
  if (!records.length) return notOurs('empty_receipt')
  const named = records.map((record) => ({
    digest: /([0-9a-f]{8})\.json$/.exec(String(record?.['dpv:hasNotice']))?.[1] ?? '?',
    version: record?.['dct:hasVersion'] ?? '?',
  }))
  const strange = named.filter(({ digest, version }) => !notices.some((notice) => notice.digest === digest && Number(notice.version) <= version))
  if (strange.length) return notOurs('unknown_receipt', { unknown: strange.map(({ digest, version }) => `${digest} (${version})`).join(', ') })
  return { ours: true, sentences: [['known_receipt', { count: String(records.length) }]], proofs: [] }
}

/**
 * A lock that somebody kept: each version in it must still have the digests that it had.
 *
 * @param {any[]} entries
 * @param {Known} known
 * @returns {Verdict}
 */
function ofLock(entries, { proofs }) {
  if (!entries.length) return notOurs('unknown_data')
  const strange = entries.filter((entry) => {
    const now = proofs.filter(({ version }) => version === String(entry?.version)).flatMap(({ words, text, inventory }) => [words, text, inventory])
    return !now.length || !claims(entry).every((digest) => now.includes(digest))
  })
  if (strange.length) return notOurs('unknown_lock', { unknown: strange.map((entry) => String(entry?.version ?? '?')).join(', ') })
  return { ours: true, sentences: [['known_lock', { count: String(entries.length) }]], proofs: [] }
}

/**
 * The digests of a version's texts and inventory as an entry of the lock names them, in every language.
 *
 * @param {any} entry
 * @returns {string[]}
 */
function claims({ text, inventory, words, translations }) {
  return [text, inventory, ...Object.values(words ?? {}), ...Object.values(translations ?? {})]
}

/**
 * @param {string} key
 * @param {Record<string, string>} values
 * @returns {Verdict}
 */
export function notOurs(key, values = {}) {
  return { ours: false, sentences: [[key, values]], proofs: [] }
}
