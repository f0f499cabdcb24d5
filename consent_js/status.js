import { part } from './element.js'

/**
 * The line that tells what happened. It must be in the page before it speaks, or a screen reader may miss it.
 *
 * @param {string} lang
 * @returns {HTMLElement}
 */
export function statusLine(lang) {
  const there = /** @type {HTMLElement | null} */ (document.querySelector('.leiz-choice-status'))
  if (there) return there
  const line = part('p', 'status', lang, { role: 'status', tabindex: '-1' })
  document.body.prepend(line)
  return line
}

/**
 * Say something, without hiding what has the focus; it stays until the next click beside a link in it.
 *
 * @param {string} lang
 * @param {(Node | string)[]} words
 */
export function tell(lang, ...words) {
  const line = statusLine(lang)
  line.replaceChildren(...words)
  const focused = document.activeElement
  if (focused !== document.body) focused?.scrollIntoView({ block: 'nearest' })
  const clear = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLAnchorElement)) line.replaceChildren()
  }
  // Not when the pointer goes down: the page may move as the room for the line goes, and what is pressed with it.
  addEventListener('click', clear, true)
}
