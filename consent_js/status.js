import { make } from './element.js'

/**
 * The line that tells what happened. It must be in the page before it speaks, or a screen reader may miss it.
 *
 * @returns {HTMLElement}
 */
export function statusLine() {
  const there = /** @type {HTMLElement | null} */ (document.querySelector('.leiz-choice-status'))
  if (there) return there
  const line = make('p', { class: 'leiz-choice leiz-choice-status', role: 'status', tabindex: '-1' })
  document.body.prepend(line)
  return line
}

/**
 * Say something; it stays until the next click, so that a link in it can be reached.
 *
 * @param {(Node | string)[]} words
 */
export function tell(...words) {
  const line = statusLine()
  line.replaceChildren(...words)
  addEventListener('pointerdown', ({ target }) => {
    if (!line.contains(/** @type {Node} */ (target))) line.replaceChildren()
  })
}
