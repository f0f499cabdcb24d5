import { isUntold } from './announced.js'
import { allows, answersOf, pending, readTerms } from './decision.js'
import { startGate } from './gate.js'
import { minuteOf } from './record.js'
import { reload } from './reload.js'
import { refusedByBrowser } from './signals.js'
import { actsIn, cookies, thisMinute } from './store.js'
/** @import { Config, Kit, Shown } from './types.js' */

const STARTED = Symbol.for('leiz-choice')
const SETTINGS = '[data-consent-settings]'
const BUTTON = 'data-service-button'

/** Minutes after a withdrawal in which a page that was still open may write once more what was removed. */
const AFTERMATH = 10

/**
 * Start the module once, when the page has been read and is shown.
 *
 * @param {Config} config
 * @param {string} address The script's own address.
 * @param {object} lent What the parts need of the modules that are here.
 */
export function start(config, address, lent) {
  const page = /** @type {any} */ (document)
  if (page[STARTED]) return
  page[STARTED] = true
  const begin = () => run(config, address, lent)
  if (page.prerendering) page.addEventListener('prerenderingchange', begin)
  else if (page.readyState === 'loading') page.addEventListener('DOMContentLoaded', begin)
  else begin()
}

/**
 * @param {Config} config
 * @param {string} address
 * @param {object} lent
 */
function run(config, address, lent) {
  const { pin, languages, click, signals } = config
  const terms = readTerms(config)
  const language = languages.find((spoken) => document.documentElement.lang.startsWith(spoken)) ?? languages[0]
  const list = new URL(config.list, address).href
  /** @type {Promise<Shown | undefined> | undefined} */
  let notice
  /** @type {Promise<(() => void) | undefined> | undefined} */
  let stills

  /**
   * Use a part of the module from beside this script. Without it the page goes on, and what it would have done is not
   * done: nothing runs that was not granted. A part that is not of this build counts as missing.
   *
   * @type {Kit['withPart']}
   */
  const withPart = async (name, ...told) => {
    try {
      const part = await import(new URL(`${name}.${language}.${pin}.js`, address).href)
      if (part.pin !== pin) throw part.pin
      part.borrow(lent)
      return part.use(kit, part.data, ...told)
    } catch (error) {
      console.warn(name, error)
    }
  }

  const answers = () => answersOf(kit.acts, thisMinute())
  /** @param {string} name */
  const isAllowed = (name) => allows(name, terms, answers())
  const left = () => pending(terms, answers())

  /** Show the second layer, unless the visitor has gone on by then; where it does not come, the full list. */
  const open = async (/** @type {string} */ name) => {
    const turn = ++kit.turn
    if (!(await withPart('details', name, turn)) && kit.turn === turn) location.assign(list)
  }

  /** Open what is allowed, let the frames that wait say so, and ask for what was not answered. */
  const update = () => {
    if (gate.update().length) stills ??= withPart('frames')
    stills?.then((place) => place?.())
    if (left().length && !refusedByBrowser()) {
      notice ??= withPart(kit.acts.some(([, , method]) => method !== 'one') ? 'changes' : 'notice')
    } else {
      notice?.then((shown) => shown?.close())
      notice = undefined
    }
  }

  /**
   * Follow what was chosen on another page; where that cannot be done here, on this page loaded anew.
   * What that page kept comes into the list of this one before it comes into its cookies, or after.
   */
  const catchUp = async (/** @type {any} */ { key }) => {
    if ((cookies().join() !== kit.seen || key === 'consent') && !(await withPart('after', 'elsewhere'))) reload()
  }

  const gate = startGate(
    (name) => isAllowed(name) && (!click.includes(name) || kit.clicked.has(name)),
    async () => !signals || withPart('signals'),
  )
  /** @type {Kit} */
  const kit = {
    config, terms, language, list, gate, answers, left, isAllowed, open, update, withPart,
    turn: 0,
    clicked: new Set(), ready: new Set(), styles: new Set(),
    seen: cookies().join(),
    acts: actsIn(cookies()),
  }

  addEventListener(
    'click',
    (event) => {
      const pressed = /** @type {HTMLElement} */ (event.target).closest?.(`${SETTINGS},[${BUTTON}]`)
      const service = pressed?.getAttribute(BUTTON)
      if (!pressed || kit.ready.has(/** @type {string} */ (service)) || event.ctrlKey || event.metaKey) return
      event.preventDefault()
      event.stopImmediatePropagation()
      if (service) withPart('button', pressed, service)
      else open('')
    },
    true,
  )
  for (const moment of ['pageshow', 'storage', 'visibilitychange']) addEventListener(moment, catchUp)

  /** A page that draws itself anew may throw out what we put there; one without a place for the settings gets one. */
  const restore = () => {
    update()
    notice?.then((shown) => shown?.place())
    if (!document.querySelector(SETTINGS)) withPart('place')
  }
  restore()
  // Once a frame, so that two who disagree go on.
  new MutationObserver(() => {
    gate.update()
    requestAnimationFrame(restore)
  }).observe(document.documentElement, { childList: true, subtree: true })

  /** @param {string} name @param {(detail: unknown) => void} listener */
  const on = (name, listener) => addEventListener('consent:' + name, (/** @type {any} */ event) => listener(event.detail))
  const taken = Reflect.get(window, 'consent')
  if (!taken || taken instanceof Element) Reflect.set(window, 'consent', { allows: isAllowed, open, on })
  if (location.hash === '#consent-diagnose') withPart('diagnosis')
  if (kit.acts.some((act) => act[6] && thisMinute() - minuteOf(act) < AFTERMATH)) withPart('after')
  if (!notice && isUntold(kit)) withPart('announcement')
}
