import { codeOf, codeText } from './code.js'
import { codesIn, minuteOf } from './record.js'
/** @import { Act, Answers, Need, PlainTerms, Terms } from './types.js' */

/** Half a year at most, for a yes and a no alike, in minutes. */
export const TERM = 182 * 24 * 60

/**
 * The terms as the page was given them, made ready to be asked.
 *
 * @param {PlainTerms} plain
 * @returns {Terms}
 */
export function readTerms({ number, names, kinds, services }) {
  const known = new Map()
  let code = 0
  for (const step of services) {
    code += Math.floor(step / kinds.length)
    const [since, ...purposes] = kinds[step % kinds.length]
    const own = codeText(code)
    known.set(own, purposes.length ? [[own, since], ...purposes.map((purpose) => [purpose, 0])] : [])
  }
  return { number, names: new Map(Object.entries(names)), services: known }
}

/**
 * What must be granted for that name. It may be the name of a service, of a purpose or of a heading over purposes;
 * where it is of more than one, all that any of them needs.
 *
 * @param {string} name
 * @param {Terms} terms
 * @returns {Need[] | undefined} Nothing where nobody has that name.
 */
export function needsOf(name, { names, services }) {
  const named = names.get(name)
  const service = services.get(codeOf(name))
  return (named || service) && [...(named ?? []), ...(service ?? [])]
}

/**
 * The acts that still count: neither too old nor from the future.
 *
 * @param {Act[]} acts
 * @param {number} minute The moment, in minutes since 1970.
 */
export function stillCount(acts, minute) {
  return acts.filter((act) => minute >= minuteOf(act) && minute - minuteOf(act) < TERM)
}

/**
 * What the acts that still count say about each code.
 *
 * @param {Act[]} acts Of several about one code, the last counts.
 * @param {number} minute The moment, in minutes since 1970.
 * @returns {Answers}
 */
export function answersOf(acts, minute) {
  const answers = new Map()
  // The first of the lists is what was granted; refused and withdrawn come after it, and count where all disagree.
  for (const [number, , , , ...lists] of stillCount(acts, minute)) {
    lists.forEach((list, at) => codesIn(list).forEach((code) => answers.set(code, { yes: !at, number: +number })))
  }
  return answers
}

/**
 * Whether what has that name may run. Silence is a refusal, and so is a yes to narrower terms.
 *
 * @param {string} name
 * @param {Terms} terms
 * @param {Answers} answers
 * @returns {boolean}
 */
export function allows(name, terms, answers) {
  return needsOf(name, terms)?.every((need) => answered(need, terms, answers) && answers.get(need[0])?.yes) ?? false
}

/**
 * The codes of the services that must be asked for: never answered, or answered under narrower terms.
 *
 * @param {Terms} terms
 * @param {Answers} answers
 * @returns {string[]}
 */
export function pending(terms, answers) {
  return [...terms.services.values()].flatMap(([own]) => (own && !answered(own, terms, answers) ? own[0] : []))
}

/**
 * Whether an answer counts under these terms: neither to narrower ones, nor to later ones that this page does not know.
 *
 * @param {Need} need
 * @param {Terms} terms
 * @param {Answers} answers
 */
function answered([code, since], terms, answers) {
  // Without an answer this is no number, and neither comparison holds.
  const number = /** @type {number} */ (answers.get(code)?.number)
  return number >= since && number <= terms.number
}
