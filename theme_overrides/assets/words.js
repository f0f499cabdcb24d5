import { heard, step } from './markup.js'
import { decoded } from './references.js'
/** @import { Token } from './markup.js' */

const INLINE = ['a', 'abbr', 'b', 'code', 'del', 'em', 'i', 'ins', 'mark', 'small', 'strong', 'sub', 'sup', 'u', 'wbr']
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g
const SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g

/**
 * The canonical words of an HTML fragment, one space between them. The rules stand with its twin, `words_of` in
 * policy/versions/words.py; tests/golden/words.json holds for both.
 *
 * @param {string} html
 * @returns {string}
 */
export function wordsOf(html) {
  return spoken(html, [...heard(html)].flatMap(({ token, why }) => (why ? [] : [token])))
}

/**
 * The words in a fragment that are no part of the text: nobody compares them, so a reader must see them.
 *
 * @param {string} html
 * @returns {string}
 */
export function unsaidOf(html) {
  return spoken(html, [...heard(html)].flatMap(({ token, why }) => (why === 'unsaid' ? [token] : [])))
}

/**
 * The inner HTML of the element with `data-policy-text` in a whole page. Null where none has it, and where several do.
 *
 * @param {string} page
 * @returns {string | null}
 */
export function textOf(page) {
  let found = /** @type {[number, number] | null} */ (null)
  let [name, depth] = ['', 0]
  for (const { token, why } of heard(page)) {
    if (why) continue
    if (found && depth && token.name === name) {
      depth += step(token)
      if (!depth) found = [found[0], token.start]
    }
    if (!token.marked) continue
    if (found) return null
    ;[name, depth] = [token.name, Number(token.kind === 'open')]
    found = [token.end, depth ? page.length : token.end]
  }
  return found && page.slice(...found)
}

/**
 * @param {string} html
 * @param {Token[]} tokens
 */
function spoken(html, tokens) {
  const runs = tokens.map(({ kind, name, start, end }) => (kind === 'text' ? decoded(html.slice(start, end)) : INLINE.includes(name) ? '' : ' '))
  const straight = runs.join('').replace(UNSEEN, '').replace(/[“”„]/g, '"').replace(/[‘’]/g, "'")
  return straight.normalize('NFC').replace(SPACE, ' ').replace(/^ | $/g, '')
}
