import { notOurs, onData } from './kept.js'

/**
 * @typedef {object} Proof What was published of a version in one language: digests as `sha256:…`, dates in words.
 * @property {string} version
 * @property {string} language Its name.
 * @property {string} address
 * @property {string} words
 * @property {string} text
 * @property {string} inventory
 * @property {string} pdf
 * @property {string} since
 * @property {string} until
 *
 * @typedef {object} Known
 * @property {Proof[]} proofs
 * @property {{ digest: string, version: string }[]} notices The texts of the consent question, by eight digits.
 *
 * @typedef {object} Sample A file to judge.
 * @property {string} name
 * @property {string} text
 * @property {string} digest The digest of its bytes.
 * @property {string} words The digest of its words; empty where no text of a policy stands in it.
 * @property {string} unsaid Its words that were not compared.
 *
 * @typedef {[key: string, values?: Record<string, string>]} Sentence
 *
 * @typedef {object} Verdict
 * @property {boolean} ours
 * @property {Sentence[]} sentences
 * @property {Proof[]} proofs The versions it belongs to.
 */

/**
 * Whether a file is what was published, and of which version. Silence is no proof: whatever is not known is not ours.
 *
 * @param {Sample} sample
 * @param {Known} known
 * @returns {Verdict}
 */
export function verdictOn(sample, known) {
  const { name, text, words } = sample
  const bytes = ofBytes(sample, known)
  if (bytes) return bytes
  if (/\.(mht|mhtml|webarchive)$/i.test(name)) return notOurs('archive')
  if (text.startsWith('%PDF-')) return notOurs('unknown_pdf')
  if (words) return ofWords(sample, known)
  const data = parsed(text)
  if (data) return onData(data, known)
  return notOurs(/<(!doctype html|html|body)\b/i.test(text) ? 'no_text' : 'other_kind')
}

/**
 * @param {Sample} sample
 * @param {Known} known
 * @returns {Verdict | null}
 */
function ofBytes({ digest }, { proofs }) {
  for (const kind of /** @type {const} */ (['pdf', 'text', 'inventory'])) {
    const found = proofs.filter((proof) => proof[kind] === digest)
    const told = kind === 'inventory' ? oncePerVersion(found) : found
    if (told.length) return { ours: true, sentences: told.flatMap((proof) => sentencesOn('known_' + kind, proof)), proofs: told }
  }
  return null
}

/** @param {Proof[]} proofs */
function oncePerVersion(proofs) {
  return proofs.filter(({ version }, at) => proofs.findIndex((proof) => proof.version === version) === at)
}

/**
 * @param {Sample} sample
 * @param {Known} known
 * @returns {Verdict}
 */
function ofWords({ words, unsaid }, { proofs }) {
  const found = proofs.filter((proof) => proof.words === words)
  if (!found.length) return notOurs('unknown_page')
  const sentences = found.flatMap((proof) => sentencesOn('known_page', proof))
  if (unsaid) sentences.push(['unsaid', { words: unsaid }])
  return { ours: true, sentences, proofs: found }
}

/**
 * @param {string} key
 * @param {Proof} proof
 * @returns {Sentence[]}
 */
function sentencesOn(key, proof) {
  const values = { ...proof }
  const interval = proof.until ? 'until' : 'from'
  return proof.since ? [[key, values], [interval, values]] : [[key, values]]
}

/** @param {string} text */
function parsed(text) {
  try {
    const data = JSON.parse(text)
    return data && typeof data === 'object' ? data : null
  } catch {
    return null
  }
}
