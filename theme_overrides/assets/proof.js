import { notOurs } from './kept.js'
import { verdictOn } from './verdict.js'
import { textOf, unsaidOf, wordsOf } from './words.js'
/** @import { Known, Verdict } from './verdict.js' */

const LARGEST = 50 * 1024 * 1024

/**
 * Let the page say of a file whether it is what was published. Nothing is sent, asked or kept.
 *
 * @param {Document} page
 */
export function startProof(page) {
  const place = /** @type {HTMLElement | null} */ (page.querySelector('[data-proof]'))
  if (!place) return
  const sentences = new Map([...place.querySelectorAll('[data-sentence]')].map((one) => [one.getAttribute('data-sentence') ?? '', one.textContent ?? '']))
  const answers = /** @type {HTMLElement} */ (place.querySelector('[data-answers]'))
  const input = /** @type {HTMLInputElement} */ (place.querySelector('input[type=file]'))
  place.hidden = false
  if (!crypto.subtle) {
    input.disabled = true
    answers.textContent = sentences.get('insecure') ?? ''
    return
  }
  const known = knownOn(page)
  let newest = 0
  /** @param {FileList} files */
  const check = async (files) => {
    const turn = ++newest
    const made = await Promise.all([...files].map((file) => answerTo(page, file, known, sentences)))
    if (turn === newest) answers.replaceChildren(...made)
  }
  input.addEventListener('change', () => input.files?.length && check(input.files))
  listenForDrops(page, place, check)
}

/**
 * The digests that the table shows.
 *
 * @param {Document} page
 * @returns {Known}
 */
function knownOn(page) {
  const data = /** @param {string} selector */ (selector) => [...page.querySelectorAll(selector)].map((one) => ({ .../** @type {HTMLElement} */ (one).dataset }))
  const nothing = { version: '', language: '', address: '', words: '', text: '', inventory: '', pdf: '', since: '', until: '' }
  const notices = data('[data-notice]').map(({ notice = '', version = '' }) => ({ digest: notice, version }))
  return { proofs: data('tr[data-words]').map((one) => ({ ...nothing, ...one })), notices }
}

/**
 * A file may be let go anywhere on the page: elsewhere the browser would leave the page and show the file.
 *
 * @param {Document} page
 * @param {HTMLElement} place
 * @param {(files: FileList) => void} check
 */
function listenForDrops(page, place, check) {
  page.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    place.toggleAttribute('data-over', true)
  })
  page.addEventListener('dragleave', (event) => event.relatedTarget || place.removeAttribute('data-over'))
  page.addEventListener('drop', (event) => {
    if (!event.dataTransfer?.files.length) return
    event.preventDefault()
    place.removeAttribute('data-over')
    check(event.dataTransfer.files)
  })
}

/**
 * @param {Document} page
 * @param {File} file
 * @param {Known} known
 * @param {Map<string, string>} sentences
 */
async function answerTo(page, file, known, sentences) {
  const { verdict, label, digest } = await judged(file, known)
  const say = /** @param {[string, Record<string, string>?]} sentence */ ([key, values = {}]) =>
    (sentences.get(key) ?? '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? '')
  const answer = make(page, 'div', make(page, 'p', make(page, 'strong', file.name)), ...verdict.sentences.map((one) => make(page, 'p', say(one))))
  answer.setAttribute('class', 'proof-answer')
  answer.setAttribute('data-ours', verdict.ours ? 'yes' : 'no')
  if (digest) answer.append(make(page, 'p', say([label]), ' ', make(page, 'code', digest)))
  for (const proof of verdict.proofs) {
    const link = make(page, 'a', say(['read', { ...proof }]))
    link.setAttribute('href', proof.address)
    answer.append(make(page, 'p', link))
  }
  return answer
}

/**
 * @param {File} file
 * @param {Known} known
 * @returns {Promise<{ verdict: Verdict, label: string, digest: string }>}
 */
async function judged(file, known) {
  const refused = /** @param {string} key */ (key) => ({ verdict: notOurs(key), label: '', digest: '' })
  if (file.size > LARGEST) return refused('too_large')
  const bytes = await file.arrayBuffer().catch(() => null)
  if (!bytes) return refused('unreadable')
  const text = new TextDecoder().decode(bytes)
  const policy = textOf(text)
  const [digest, words] = await Promise.all([digestOf(bytes), policy === null ? '' : digestOf(new TextEncoder().encode(wordsOf(policy)))])
  const verdict = verdictOn({ name: file.name, text, digest, words, unsaid: unsaidOf(policy ?? '') }, known)
  const compared = words && verdict.sentences.some(([key]) => key.endsWith('_page'))
  return { verdict, label: compared ? 'digest_words' : 'digest_file', digest: compared ? words : digest }
}

/** @param {BufferSource} bytes */
async function digestOf(bytes) {
  const digits = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0'))
  return 'sha256:' + digits.join('')
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Document} page
 * @param {Tag} tag
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
function make(page, tag, ...children) {
  const element = page.createElement(tag)
  element.append(...children)
  return element
}
