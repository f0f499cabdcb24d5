import { openChoice } from './choice.js'
import { adopt } from './element.js'
import { startGate } from './gate.js'
import { showNotice } from './notice.js'
import { publish } from './publish.js'
import { offerSettings } from './settings.js'
import { refusedByBrowser } from './signals.js'
import { statusLine, tell } from './status.js'
import { keepsMore } from './store.js'
import { otherTabs } from './tabs.js'
/** @import { Choose, Config, SecondLayer } from './types.js' */

const STARTED = Symbol.for('leiz-choice')

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
  const texts = config.texts[Object.hasOwn(config.texts, spoken) ? spoken : Object.keys(config.texts)[0]]
  const { language } = texts
  const list = new URL(texts.list, address).href
  const choice = openChoice(config, texts.digest)
  /** @type {ReturnType<typeof showNotice> | undefined} */
  let notice
  let turn = 0

  /** @returns {Promise<SecondLayer>} */
  const secondLayer = () => import(new URL(config.details, address).href)

  /** @param {string} [purpose] */
  const open = async (purpose) => {
    catchUp()
    const mine = ++turn
    try {
      const { details, showPreferences } = await secondLayer()
      if (mine !== turn) return
      statusLine(language)
      showPreferences(details, language, list, choice.granted() ?? [], purpose, choose)
    } catch {
      if (mine === turn) location.assign(list)
    }
  }

  /** @type {Choose} */
  const choose = (method, purposes = []) => {
    turn++
    const withdrawn = choice.make(method, purposes)
    tellOthers(choice.line())
    tell(language, texts.saved)
    return follow(withdrawn)
  }

  /**
   * Take in what was chosen in another tab.
   *
   * @param {unknown} [line] The record, if that tab told it.
   */
  const catchUp = (line) => {
    if (choice.read(line)) follow(choice.justWithdrawn())
  }

  /**
   * Bring the page in line with the choice, and say so to its scripts.
   *
   * @param {string[]} withdrawn
   */
  const follow = async (withdrawn) => {
    const granted = choice.granted()
    if (granted) {
      notice?.close()
      notice = undefined
    }
    gate.update()
    document.dispatchEvent(new CustomEvent('consent:change', { bubbles: true, detail: { granted: granted ?? [] } }))
    if (refuses()) await clean(withdrawn)
    if ([...gate.running].some((service) => !choice.allows(service))) location.reload()
  }

  const refuses = () => (choice.granted() ?? config.purposes).length < config.purposes.length

  /** @param {string[]} withdrawn */
  const clean = async (withdrawn) => {
    try {
      const { details, erase, leftElsewhere } = await secondLayer()
      erase(details, choice.allows)
      if (withdrawn.length) tell(language, texts.saved, ...leftElsewhere(details.texts[language], config.services, withdrawn))
    } catch {
      // Without the list nothing can be erased; the services stay off all the same.
    }
  }

  adopt(config.style)
  const gate = startGate(config, texts, choice.allows, {
    ask: (service) => open(config.services[service].find((id) => !choice.allows(id))),
    grant: (service) => {
      catchUp()
      choose('some', [...(choice.granted() ?? []), ...config.services[service]])
    },
  })
  const placeSettings = offerSettings(texts.settings, language, open)
  const tellOthers = otherTabs(catchUp)
  publish(choice.allows, open)
  if (config.purposes.length && !choice.granted() && !refusedByBrowser()) {
    statusLine(language)
    notice = showNotice(texts, list, choose, open)
  }

  // Scripts that ran until the page was loaded anew, or still run in another tab, may have written once more.
  const [{ type }] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'))
  const withdrawn = type === 'reload' ? choice.justWithdrawn() : []
  if (withdrawn.length || (refuses() && keepsMore())) clean(withdrawn)

  // A page that draws itself anew may throw out what we put there. Once a frame, so that two who disagree go on.
  const restore = () => {
    gate.tidy()
    placeSettings()
    notice?.place()
  }
  new MutationObserver(() => {
    gate.update()
    requestAnimationFrame(restore)
  }).observe(document.documentElement, { childList: true, subtree: true })
  for (const moment of ['pageshow', 'visibilitychange']) addEventListener(moment, catchUp)
}
