import { openChoice } from './choice.js'
import { adopt, make } from './element.js'
import { startGate } from './gate.js'
import { showNotice } from './notice.js'
import { offerSettings } from './settings.js'
import { refusedByBrowser } from './signals.js'
import { statusLine, tell } from './status.js'
import { holdsMore } from './store.js'
/** @import { Choose, Config, SecondLayer } from './types.js' */

const STARTED = Symbol.for('leiz-choice')

/**
 * Start the module once, when the page has been read.
 *
 * @param {Config} config
 * @param {string} address The script's own address.
 */
export function start(config, address) {
  if (Reflect.get(document, STARTED)) return
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
  const choose = async (method, purposes = []) => {
    const withdrawn = choice.make(method, purposes)
    tell(texts.saved)
    settle()
    if (withdrawn.length || holdsMore()) await clean(withdrawn)
    if ([...gate.running].some((service) => !choice.allowsService(service))) location.reload()
  }

  /** Bring the page in line with the choice, and say so to its scripts. */
  const settle = () => {
    const granted = choice.granted()
    if (granted) closeNotice()
    gate.update()
    document.dispatchEvent(new CustomEvent('consent:change', { bubbles: true, detail: { granted: granted ?? [] } }))
  }

  /** @param {string[]} withdrawn */
  const clean = async (withdrawn) => {
    try {
      const { details, erase } = await secondLayer()
      erase(details, choice.allowsService)
      const left = Object.entries(details.texts[language].left)
      const told = left.filter(([service]) => config.services[service].some((id) => withdrawn.includes(id)))
      tell(texts.saved, ...told.flatMap(([, [text, link]]) => [' ', link ? make('a', { href: link }, text) : text]))
    } catch {
      // Without the list nothing can be erased; the services stay off all the same.
    }
  }

  adopt(config.style)
  const gate = startGate(config, texts, choice.allowsService, {
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

  addEventListener('pageshow', (event) => {
    if (!event.persisted) return
    choice.read()
    settle()
    if ([...gate.running].some((service) => !choice.allowsService(service))) location.reload()
  })
}

/**
 * @param {string} name Only `change` is known.
 * @param {(detail: { granted: string[] }) => void} listener
 */
function on(name, listener) {
  document.addEventListener('consent:' + name, (event) => event instanceof CustomEvent && listener(event.detail))
}

/**
 * Offer the module as `window.consent`, unless another script took that name; an element with that id did not.
 *
 * @param {object} api
 */
function publish(api) {
  const taken = Reflect.get(window, 'consent')
  if (!taken || taken instanceof Element || taken instanceof HTMLCollection) Reflect.set(window, 'consent', api)
}
