import { button, make } from './element.js'

const PLACE = '[data-consent-settings]'

/**
 * Open the settings from every element marked for it; a page without one gets a button after its content.
 *
 * @param {string} name
 * @param {() => void} open
 */
export function offerSettings(name, open) {
  addEventListener('click', (event) => {
    const pressed = /** @type {Element} */ (event.target).closest?.(PLACE)
    if (!pressed || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  if (!document.querySelector(PLACE)) {
    document.body.append(make('p', { class: 'leiz-choice leiz-choice-settings' }, button(name, open)))
  }
}
