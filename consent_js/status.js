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
 * Say something, without hiding what has the focus; it stays until the next click beside a link in it.
 *
 * @param {(Node | string)[]} words
 */
export function tell(...words) {
  const line = statusLine()
  line.replaceChildren(...words)
  const focused = document.activeElement
  if (focused !== document.body) focused?.scrollIntoView({ block: 'nearest' })
  addEventListener('pointerdown', ({ target }) => {
    if (!(target instanceof HTMLAnchorElement)) line.replaceChildren()
  })
}
