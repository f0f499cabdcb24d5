import { button, part } from './element.js'

const PLACE = '[data-consent-settings]'

/**
 * Open the settings from every element marked for it; a page without one gets a button after its content.
 *
 * @param {string} name
 * @param {string} lang
 * @param {() => void} open
 * @returns {() => void} Looks again which of the two the page needs.
 */
export function offerSettings(name, lang, open) {
  addEventListener('click', (event) => {
    const pressed = /** @type {Element} */ (event.target).closest?.(PLACE)
    if (!pressed || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  const own = part('p', 'settings', lang, {}, button(name, open))
  const place = () => {
    if (document.querySelector(PLACE)) own.remove()
    else if (!own.isConnected) document.body.append(own)
  }
  place()
  return place
}
