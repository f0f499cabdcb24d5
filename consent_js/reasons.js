import { codeOf } from './code.js'
import { needsOf } from './decision.js'
import { nearest } from './nearest.js'
/** @import { DiagnosisTexts, Kit, Level, Need, Reason } from './types.js' */

/**
 * A sentence with its words filled in.
 *
 * @param {string} sentence
 * @param {Record<string, string | number>} words
 * @returns {string}
 */
export function filled(sentence, words) {
  return Object.entries(words).reduce((text, [key, word]) => text.replaceAll(`{${key}}`, String(word)), sentence)
}

/**
 * Why what has this name does not run; nothing where it may.
 *
 * @param {string} name
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @returns {Reason[]}
 */
export function reasonsOfName(name, kit, texts) {
  const needs = needsOf(name, kit.terms)
  if (!needs) return [['wrong', unknownName(name, kit, texts)]]
  const missing = needs.flatMap((need) => reasonOfNeed(need, kit, texts))
  const sentences = new Set(missing.map(([, sentence]) => sentence))
  if (!sentences.size) return mustBeClicked(name, kit) ? reasonsOfClick(name, texts) : []
  return [...sentences].map((sentence) => {
    const alike = missing.filter(([, one]) => one === sentence)
    const what = [...new Set(alike.map(([, , code]) => wordsOfCode(code, texts)))].join(', ')
    return [alike[0][0], filled(sentence, { what })]
  })
}

/**
 * What a code stands for, such as `purpose statistics`.
 *
 * @param {string} code
 * @param {DiagnosisTexts} texts
 * @returns {string}
 */
export function wordsOfCode(code, texts) {
  const service = Object.keys(texts.services).find((id) => codeOf(id) === code)
  const purpose = texts.purposes.find((id) => codeOf('#' + id) === code)
  if (service) return `${texts.service} ${service}`
  return purpose ? `${texts.purpose} ${purpose}` : code
}

/** @param {string} name @param {Kit} kit @returns {boolean} Whether it waits for a click on its button. */
export function mustBeClicked(name, kit) {
  return kit.config.click.includes(name) && !kit.clicked.has(name)
}

/**
 * @param {string} name
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 */
function unknownName(name, kit, texts) {
  if (name.startsWith('!')) return filled(texts.negated, { name })
  if (Object.hasOwn(texts.services, name)) return filled(texts.elsewhere, { name })
  const here = Object.keys(texts.services).filter((id) => needsOf(id, kit.terms))
  const near = nearest(name, [...here, ...kit.terms.names.keys()])
  return filled(texts.unknown, { name }) + (near ? ' ' + filled(texts.meant, { name: near }) : '')
}

/**
 * @param {Need} need
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @returns {[level: Level, sentence: string, code: string][]}
 */
function reasonOfNeed([code, since], kit, texts) {
  const answer = kit.answers().get(code)
  if (!answer) return [['waits', texts.unanswered, code]]
  const { number, yes } = answer
  if (number > kit.terms.number) return [['wrong', filled(texts.later, { number }), code]]
  if (number < since) return [['waits', filled(texts.older, { number, since }), code]]
  return yes ? [] : [['waits', texts.refused, code]]
}

/**
 * @param {string} service
 * @param {DiagnosisTexts} texts
 * @returns {Reason[]}
 */
function reasonsOfClick(service, texts) {
  const button = document.querySelector(`[data-service-button="${CSS.escape(service)}"]`)
  return [button ? ['waits', filled(texts.click, { service })] : ['wrong', filled(texts.no_button, { service })]]
}
