import { allows, allowsService, grantedNow } from './decision.js'
import { adopt, button, make } from './element.js'
import { startGate } from './gate.js'
import { showNotice } from './notice.js'
import { refusedByBrowser } from './signals.js'
import { statusLine, tell } from './status.js'
import { cookies, keepRecord, readRecord } from './store.js'
/** @import { Config, Method, SecondLayer } from './types.js' */

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
  const list = new URL(texts.list, address)
  let record = readRecord()
  /** @type {(() => void) | undefined} */
  let closeNotice

  const minute = () => Math.floor(Date.now() / 60000)
  const granted = () => grantedNow(record, config, minute())
  /** @param {string} service */
  const isAllowed = (service) => allowsService(service, granted(), config)
  /** @param {string} id */
  const allowed = (id) => allows(id, granted(), config)
  /** @returns {Promise<SecondLayer>} */
  const secondLayer = () => import(new URL(config.details, address).href)

  /** @param {string} [purpose] */
  const open = async (purpose) => {
    statusLine()
    try {
      const { details, showPreferences } = await secondLayer()
      showPreferences(details, language, list, granted() ?? [], purpose, choose)
    } catch {
      location.assign(list)
    }
  }

  /** @param {Method} method @param {string[]} [purposes] */
  const choose = async (method, purposes = []) => {
    const before = granted() ?? []
    const now = method === 'all' ? config.purposes : config.purposes.filter((id) => purposes.includes(id))
    const withdrawn = before.filter((id) => !now.includes(id))
    const { number, terms } = config
    record = { number, terms, text: texts.digest, minute: minute(), method, granted: [...now], withdrawn }
    keepRecord(record, config.domain)
    settle()
    document.dispatchEvent(new CustomEvent('consent:change', { bubbles: true, detail: { granted: [...now] } }))
    tell(texts.saved)
    if (withdrawn.length || mayHoldMore()) await clean(withdrawn)
    if ([...gate.running].some((service) => !isAllowed(service))) location.reload()
  }

  /** @param {string[]} withdrawn */
  const clean = async (withdrawn) => {
    try {
      const { details, erase } = await secondLayer()
      erase(details, isAllowed)
      const left = Object.entries(details.texts[language].left).filter(([service]) =>
        config.services[service].some((id) => withdrawn.includes(id)),
      )
      if (!left.length) return
      tell(texts.saved, ...left.flatMap(([, [sentence, link]]) => [' ', link ? make('a', { href: link }, sentence) : sentence]))
    } catch {
      // Without the list of items nothing can be erased; the services stay off.
    }
  }

  /** Bring the page in line with the record. */
  const settle = () => {
    if (granted()) closeNotice?.()
    gate.update()
  }

  const gate = startGate(
    config,
    texts,
    isAllowed,
    (service) => open(config.services[service].find((id) => !allowed(id))),
    (service) => choose('some', [...(granted() ?? []), ...config.services[service]]),
  )
  adopt(config.style)
  addEventListener('click', (event) => {
    const link = event.target instanceof Element && event.target.closest('[data-consent-settings]')
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  if (!document.querySelector('[data-consent-settings]')) {
    document.body.append(make('p', { class: 'leiz-choice leiz-choice-settings' }, button(texts.settings, open)))
  }
  if (config.purposes.length && !granted() && !refusedByBrowser()) {
    statusLine()
    closeNotice = showNotice(texts, list.href, choose, open)
  }
  publish({ allows: allowed, open, on })
}

/** Whether anything else than the record may be kept on this device. */
function mayHoldMore() {
  try {
    return cookies().some((pair) => !pair.startsWith('consent=')) || localStorage.length + sessionStorage.length > 0
  } catch {
    return true
  }
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
