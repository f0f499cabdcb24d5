/** @import { ConsentRecord, Terms } from './types.js' */

/** Half a year at most, for a yes and a no alike, in minutes. */
export const TERM = 182 * 24 * 60

/**
 * The purposes that are granted now. Silence is a refusal, and so is a record that is too old,
 * from the future, or made under other terms.
 *
 * @param {ConsentRecord | null} record
 * @param {Terms} terms
 * @param {number} minute The moment, in minutes since 1970.
 * @returns {string[] | null} null where the visitor has not chosen.
 */
export function grantedNow(record, terms, minute) {
  if (!record || record.terms !== terms.terms) return null
  const age = minute - record.minute
  if (!(age >= 0 && age < TERM)) return null
  return terms.purposes.filter((id) => record.granted.includes(id))
}

/**
 * Whether a service or a purpose of that name may run: only if all it needs is exempt or granted.
 * Where a service and a purpose have the name, both must be allowed.
 *
 * @param {string} id
 * @param {string[] | null} granted
 * @param {Terms} terms
 * @returns {boolean}
 */
export function allows(id, granted, terms) {
  const isService = Object.hasOwn(terms.services, id)
  const isPurpose = terms.purposes.includes(id)
  const needed = [...(isService ? terms.services[id] : []), ...(isPurpose ? [id] : [])]
  return (isService || isPurpose || terms.exempt.includes(id)) && needed.every((purpose) => granted?.includes(purpose))
}
