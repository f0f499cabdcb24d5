import { make } from './element.js'

/**
 * The line that tells what happened. It must be in the page before it speaks, or a screen reader may miss it.
 *
 * @returns {HTMLElement}
 */
export function statusLine() {
  const there = document.querySelector('p.leiz-choice-status')
  if (there instanceof HTMLElement) return there
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
  /** @param {Event} event */
  const clear = (event) => {
    if (event.target instanceof Node && line.contains(event.target)) return
    line.replaceChildren()
    removeEventListener('pointerdown', clear)
  }
  addEventListener('pointerdown', clear)
}
