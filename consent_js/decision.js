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
 * Whether a service may run: only if all its purposes are exempt or granted.
 *
 * @param {string} service
 * @param {string[] | null} granted
 * @param {Terms} terms
 * @returns {boolean}
 */
export function allowsService(service, granted, terms) {
  if (!Object.hasOwn(terms.services, service)) return false
  return terms.services[service].every((id) => granted?.includes(id))
}

/**
 * Whether a purpose or a service of that name may run; where both have the name, both must be allowed.
 *
 * @param {string} id
 * @param {string[] | null} granted
 * @param {Terms} terms
 * @returns {boolean}
 */
export function allows(id, granted, terms) {
  const isService = Object.hasOwn(terms.services, id)
  const isPurpose = terms.purposes.includes(id)
  if (isService && !allowsService(id, granted, terms)) return false
  if (isPurpose && !granted?.includes(id)) return false
  return isService || isPurpose || terms.exempt.includes(id)
}
