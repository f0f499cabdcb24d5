/**
 * The short code of a name: what the record and the terms write instead of it.
 * One of 196,613 (a prime), as four digits of base 36; the build refuses an inventory in which two names share a code.
 *
 * @param {string} name The id of a service, or `#` and the id of a purpose.
 * @returns {string}
 */
export function codeOf(name) {
  let code = 0
  for (let at = 0; at < name.length; at++) code = (code * 40503 + name.charCodeAt(at)) % 196613
  return codeText(code)
}

/**
 * A code as it is written.
 *
 * @param {number} code
 * @returns {string}
 */
export function codeText(code) {
  return code.toString(36).padStart(4, '0')
}
