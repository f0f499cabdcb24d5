import { openChoice } from './choice.js'
import { adopt } from './element.js'
import { startGate } from './gate.js'
import { showNotice } from './notice.js'
import { offerSettings } from './settings.js'
import { refusedByBrowser } from './signals.js'
import { statusLine, tell } from './status.js'
/** @import { Choose, Config, SecondLayer } from './types.js' */

const STARTED = 'leiz-choice'

/**
 * Start the module once, when the page has been read.
 *
 * @param {Config} config
 * @param {string} address The script's own address.
 */
export function start(config, address) {
  if (STARTED in document) return
  Reflect.set(document, STARTED, true)
  if (document.readyState !== 'loading') run(config, address)
  else document.addEventListener('DOMContentLoaded', () => run(config, address))
}

/**
 * @param {Config} config
 * @param {string} address
 */
function run(config, address) {
  const spoken = document.documentElement.lang.slice(0, 2)
  const language = Object.hasOwn(config.texts, spoken) ? spoken : Object.keys(config.texts)[0]
  const texts = config.texts[language]
  const list = new URL(texts.list, address).href
  const choice = openChoice(config, texts.digest)
  let closeNotice = () => {}

  /** @returns {Promise<SecondLayer>} */
  const secondLayer = () => import(new URL(config.details, address).href)

  /** @param {string} [purpose] */
  const open = async (purpose) => {
    try {
      const { details, showPreferences } = await secondLayer()
      statusLine()
      showPreferences(details, language, list, choice.granted() ?? [], purpose, choose)
    } catch {
      location.assign(list)
    }
  }

  /** @type {Choose} */
  const choose = (method, purposes = []) => {
    const withdrawn = choice.make(method, purposes)
    tell(texts.saved)
    return follow(withdrawn)
  }

  /**
   * Bring the page in line with the choice, and say so to its scripts.
   *
   * @param {string[]} withdrawn
   */
  const follow = async (withdrawn) => {
    const granted = choice.granted()
    if (granted) closeNotice()
    gate.update()
    document.dispatchEvent(new CustomEvent('consent:change', { bubbles: true, detail: { granted: granted ?? [] } }))
    if (granted && granted.length < config.purposes.length) await clean(withdrawn)
    if ([...gate.running].some((service) => !choice.allows(service))) location.reload()
  }

  /** @param {string[]} withdrawn */
  const clean = async (withdrawn) => {
    try {
      const { details, erase, leftElsewhere } = await secondLayer()
      erase(details, choice.allows)
      if (withdrawn.length) tell(texts.saved, ...leftElsewhere(details.texts[language], config.services, withdrawn))
    } catch {
      // Without the list nothing can be erased; the services stay off all the same.
    }
  }

  adopt(config.style)
  const gate = startGate(config, texts, choice.allows, {
    ask: (service) => open(config.services[service].find((id) => !choice.allows(id))),
    grant: (service) => choose('some', [...(choice.granted() ?? []), ...config.services[service]]),
  })
  offerSettings(texts.settings, open)
  publish({ allows: choice.allows, open, on })
  if (config.purposes.length && !choice.granted() && !refusedByBrowser()) {
    statusLine()
    closeNotice = showNotice(texts, list, choose, open)
  }

  // Scripts that ran until the page was loaded anew may have written once more while it went.
  const [{ type }] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'))
  if (type === 'reload' && choice.justWithdrawn().length) clean(choice.justWithdrawn())

  addEventListener('pageshow', ({ persisted }) => {
    if (!persisted) return
    choice.read()
    follow([])
  })
}

/**
 * @param {string} name Only `change` is known.
 * @param {(detail: { granted: string[] }) => void} listener
 */
function on(name, listener) {
  document.addEventListener('consent:' + name, (event) => listener(/** @type {CustomEvent} */ (event).detail))
}

/**
 * Offer the module as `window.consent`, unless another script took that name; an element with that id did not.
 *
 * @param {object} api
 */
function publish(api) {
  const taken = Reflect.get(window, 'consent')
  if (!taken || taken instanceof Element) Reflect.set(window, 'consent', api)
}
