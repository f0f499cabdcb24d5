import { adopt, part } from './element.js'
/** @import { Kit } from './types.js' */

const PLACE = '[data-consent-settings]'

/**
 * Give a page without a place for the settings one, after its content; it goes where the page has its own again.
 *
 * @param {Kit} kit
 * @param {{ settings: string, styles: string[] }} texts
 */
export function use(kit, texts) {
  if (document.querySelector(PLACE)) return
  adopt(kit, texts)
  const own = part('button', 'settings', kit.language, { type: 'button', 'data-consent-settings': '' }, texts.settings)
  document.body.append(own)
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll(PLACE).length < 2) return
    own.remove()
    observer.disconnect()
  })
  observer.observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-consent-settings'] })
}
