/**
 * The pure modules as the tables ask them: plain values go in and come out, so that one table holds in a browser and in
 * Node. A name stands for its code, as `counter` for a service and `#statistics` for a purpose.
 */
import * as act from '../../consent_js/act.js'
import * as code from '../../consent_js/code.js'
import * as decision from '../../consent_js/decision.js'
import * as receipt from '../../consent_js/receipt.js'
import * as record from '../../consent_js/record.js'
/** @import { Act, ActsTexts, Need, PlainTerms, Remembered, Terms } from '../../consent_js/types.js' */

/**
 * @typedef {{ number: number, minute: number, granted?: string[], refused?: string[], withdrawn?: string[] }} Said
 * @typedef {{ number: number, names: Record<string, Need[]>, services: Record<string, Need[]> }} Named
 * @typedef {{ yes: string[], news: boolean, opens: boolean }} Mind What a visitor says yes to when asked for all; whether
 *   they do when asked for what is new only; whether they open the settings, which ask for all.
 * @typedef {{ plain: PlainTerms, minute: number, mind?: Mind }} Visit
 */

export const { codeOf, codeText } = code
export const { codesIn, minuteOf, parseRecord } = record
export const { formatRecord, withAct } = act
export const { stillCount } = decision
export const { nameOf, textAddress } = receipt

/** @param {string} line */
export function writtenAgain(line) {
  return formatRecord(parseRecord(line))
}

/**
 * What is left of a record of such acts, each with a number and with so many codes that it grants.
 *
 * @param {[number: string, count: number][]} sizes
 */
export function thatFit(sizes) {
  const granted = (/** @type {number} */ count) => '1f4k'.repeat(count)
  const acts = sizes.map(([number, count]) => /** @type {Act} */ ([number, 'hx3fk', 'all', '77ab01ce', granted(count), '', '']))
  const line = formatRecord(acts)
  return { length: line.length, sizes: parseRecord(line).map(([number, , , , granted]) => [number, codesIn(granted).length]) }
}

/** @param {Remembered[]} remembered @param {string} made @param {ActsTexts} texts */
export function receiptOf(remembered, made, texts) {
  return receipt.receiptOf(remembered, texts, made)
}

/** @param {Act[]} chosen @returns {Act[]} The acts that stand after these choices. */
export function standing(chosen) {
  return chosen.reduce(withAct, /** @type {Act[]} */ ([]))
}

/** @param {PlainTerms} plain */
export function readTerms(plain) {
  const { number, names, services } = decision.readTerms(plain)
  return { number, names: [...names], services: [...services] }
}

/** @param {Act[]} acts @param {number} minute */
export function answersOf(acts, minute) {
  return Object.fromEntries(decision.answersOf(acts, minute))
}

/** @param {string} name @param {Named} terms */
export function needsOf(name, terms) {
  return decision.needsOf(name, termsOf(terms)) ?? null
}

/** @param {string} name @param {Said[]} acts @param {number} minute @param {Named} terms */
export function allows(name, acts, minute, terms) {
  return decision.allows(name, termsOf(terms), decision.answersOf(acts.map(actOf), minute))
}

/** @param {string[]} names @param {Said[]} acts @param {number} minute @param {Named} terms */
export function allowed(names, acts, minute, terms) {
  return names.filter((name) => allows(name, acts, minute, terms))
}

/** @param {Said[]} acts @param {number} minute @param {Named} terms */
export function pending(acts, minute, terms) {
  const codes = decision.pending(termsOf(terms), decision.answersOf(acts.map(actOf), minute))
  return codes.map((code) => Object.keys(terms.services).find((name) => codeOf(name) === code) ?? code)
}

/**
 * What is allowed by a cookie, of these names; what must still be asked.
 *
 * @param {PlainTerms} plain
 * @param {string} line
 * @param {number} minute
 * @param {string[]} names
 */
export function decided(plain, line, minute, names) {
  const terms = decision.readTerms(plain)
  const answers = decision.answersOf(parseRecord(line), minute)
  return { allowed: names.filter((name) => decision.allows(name, terms, answers)), left: decision.pending(terms, answers) }
}

/**
 * A visitor who comes by as the terms change, and answers when asked: for all at first, later for what is new. The
 * record tells the two apart, as `all` and `some`.
 *
 * @param {Visit[]} visits
 * @param {string[]} names
 * @returns {{ line: string, allowed: string[], left: string[] }} The record in the end; what is allowed then, of these
 *   names; what must still be asked.
 */
export function visited(visits, names) {
  let line = 'consent=2'
  for (const { plain, minute, mind } of visits) {
    const terms = decision.readTerms(plain)
    const acts = decision.stillCount(parseRecord(line), minute)
    const asked = decision.pending(terms, decision.answersOf(acts, minute))
    if (!mind || !(asked.length || mind.opens)) continue
    const all = mind.opens || !acts.length
    const every = [...terms.services.values()].flatMap((needs) => needs.map(([code]) => code))
    const needed = asked.flatMap((code) => terms.services.get(code) ?? []).map(([code]) => code)
    const about = all ? every : mind.news ? needed : asked
    /** @param {boolean} yes */
    const said = (yes) => [...new Set(about.filter((code) => (all ? mind.yes.includes(code) : mind.news) === yes))].join('')
    line = formatRecord(
      withAct(acts, [String(plain.number), minute.toString(36), all ? 'all' : 'some', '77ab01ce', said(true), said(false), '']),
    )
  }
  const { plain, minute } = visits[visits.length - 1]
  return { line, ...decided(plain, line, minute, names) }
}

/** @param {Said} said @returns {Act} */
function actOf({ number, minute, granted = [], refused = [], withdrawn = [] }) {
  /** @param {string[]} names */
  const list = (names) => names.map(codeOf).join('')
  return [`${number}`, minute.toString(36), 'some', '77ab01ce', list(granted), list(refused), list(withdrawn)]
}

/** @param {Named} terms @returns {Terms} */
function termsOf({ number, names, services }) {
  /** @param {Need[]} needs @returns {Need[]} */
  const coded = (needs) => needs.map(([name, since]) => [codeOf(name), since])
  return {
    number,
    names: new Map(Object.entries(names).map(([name, needs]) => [name, coded(needs)])),
    services: new Map(Object.entries(services).map(([name, needs]) => [codeOf(name), coded(needs)])),
  }
}
