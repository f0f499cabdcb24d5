const MARK = 'data-policy-text'
const UNSAID = 'data-unsaid'
const SILENT = ['script', 'style', 'template']
const VOID = ['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr']

const NAME = String.raw`[^\t\n\f\r />][^\t\n\f\r />=]*`
const VALUE = String.raw`[\t\n\f\r ]*=[\t\n\f\r ]*(?:"[^"]*"|'[^']*'|[^\t\n\f\r "'>][^\t\n\f\r >]*)?`
const COMMENT = String.raw`<!--(?:-?>|.*?(?:--!?>|$))|(?:<[!?]|</(?![A-Za-z])).*?(?:>|$)`
const TAG = String.raw`<(/?)([A-Za-z][A-Za-z0-9_:.-]*)((?:[\t\n\f\r /]*${NAME}(?:${VALUE})?)*)([\t\n\f\r /]*)(>|$)`

/**
 * @typedef {object} Token A run of text (without a name) or a tag. A tag that holds nothing is `void`: the tags of
 * which HTML says so, and every tag that ends in `/>`.
 * @property {'text' | 'open' | 'close' | 'void'} kind
 * @property {string} name
 * @property {boolean} marked Whether it begins the text of the policy.
 * @property {boolean} unsaid Whether it begins what stands in the text and is no part of it.
 * @property {number} start
 * @property {number} end
 */

/**
 * The tokens of a page, each with the reason why it says nothing: `silent` for script, style, template and what they
 * hold, `unsaid` for an element with that attribute and what it holds. Comments are left out.
 *
 * A twin of policy/versions/markup.py: no parser of the browser may be used here under the strictest CSP.
 *
 * @param {string} html
 * @returns {Generator<{ token: Token, why: '' | 'silent' | 'unsaid' }>}
 */
export function* heard(html) {
  let [name, depth] = ['', 0]
  let why = /** @type {'' | 'silent' | 'unsaid'} */ ('')
  for (const token of tokens(html)) {
    const begins = !depth && (token.kind === 'open' || token.kind === 'void') ? reason(token) : ''
    if (begins) {
      yield { token, why: begins }
      ;[name, depth, why] = [token.name, Number(token.kind === 'open'), begins]
    } else {
      yield { token, why: depth ? why : '' }
      if (depth && token.name === name) depth += step(token)
    }
  }
}

/**
 * How far a tag goes down into the page, or up.
 *
 * @param {Token} token
 */
export function step({ kind }) {
  return Number(kind === 'open') - Number(kind === 'close')
}

/**
 * @param {Token} token
 * @returns {'' | 'silent' | 'unsaid'}
 */
function reason({ name, unsaid }) {
  if (SILENT.includes(name)) return 'silent'
  return unsaid ? 'unsaid' : ''
}

/**
 * @param {string} html
 * @returns {Generator<Token>}
 */
function* tokens(html) {
  const markup = new RegExp(COMMENT + '|' + TAG, 'gs')
  let place = 0
  for (let found = markup.exec(html); found; found = markup.exec(html)) {
    if (found.index > place) yield textToken(place, found.index)
    place = markup.lastIndex
    const [, , name, , , end] = found
    if (name && end) {
      const tag = tagToken(found, place)
      yield tag
      place = endOfRaw(html, tag)
    }
    markup.lastIndex = place
  }
  if (place < html.length) yield textToken(place, html.length)
}

/**
 * @param {number} start
 * @param {number} end
 * @returns {Token}
 */
function textToken(start, end) {
  return { kind: 'text', name: '', marked: false, unsaid: false, start, end }
}

/**
 * @param {RegExpExecArray} found
 * @param {number} end
 * @returns {Token}
 */
function tagToken(found, end) {
  const [, closes, written, attributes, rest] = found
  const name = written.toLowerCase()
  if (closes) return { kind: 'close', name, marked: false, unsaid: false, start: found.index, end }
  const kind = VOID.includes(name) || rest.endsWith('/') ? 'void' : 'open'
  const each = attributes.matchAll(new RegExp(`[\\t\\n\\f\\r /]*(${NAME})(?:${VALUE})?`, 'g'))
  const has = new Set([...each].map(([, attribute]) => attribute.toLowerCase()))
  return { kind, name, marked: has.has(MARK), unsaid: has.has(UNSAID), start: found.index, end }
}

/**
 * Where reading goes on after a tag: the text of a script or style sheet is no markup.
 *
 * @param {string} html
 * @param {Token} tag
 */
function endOfRaw(html, { kind, name, end }) {
  if (kind !== 'open' || (name !== 'script' && name !== 'style')) return end
  const closing = new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi')
  closing.lastIndex = end
  return closing.exec(html)?.index ?? html.length
}
