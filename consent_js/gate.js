import { button, make, part } from './element.js'
import { runScript } from './script.js'
/** @import { Config, Gated, Texts } from './types.js' */

const BUTTON = 'data-service-button'

/**
 * Keep everything marked `data-service` inert until its service is allowed.
 *
 * @param {Config} config
 * @param {Texts} texts
 * @param {(service: string) => boolean} isAllowed
 * @param {{ ask: (service: string) => void, grant: (service: string) => void }} visitor Asks for what a service
 *   needs, or takes it as granted.
 * @returns {{ update: () => void, tidy: () => void, running: Set<string> }}
 */
export function startGate(config, texts, isAllowed, visitor) {
  /** @type {Set<string>} */
  const running = new Set()
  /** @type {Set<string>} */
  const clicked = new Set()
  /** @type {Set<string>} */
  const ready = new Set()
  /** @type {WeakSet<Element>} */
  const done = new WeakSet()
  /** @type {Map<Gated, Element>} */
  const stills = new Map()
  /** @type {Map<string, Promise<void>>} */
  const queues = new Map()

  /** @param {string} service @param {() => void | Promise<void>} act */
  const queue = (service, act) => queues.set(service, (queues.get(service) ?? Promise.resolve()).then(act))

  /** @param {Gated} node @param {string} service */
  const open = (node, service) => {
    done.add(node)
    const standIn = stills.get(node)
    const focused = standIn?.contains(document.activeElement)
    standIn?.remove()
    stills.delete(node)
    if (node instanceof HTMLScriptElement) queue(service, () => runScript(node))
    else if (node instanceof HTMLTemplateElement) node.after(document.importNode(node.content, true))
    else {
      node.hidden = false
      node.src = String(node.dataset.src)
      if (focused) node.focus()
    }
  }

  const update = () => {
    for (const node of /** @type {NodeListOf<Gated>} */ (document.querySelectorAll('[data-service]'))) {
      const service = String(node.dataset.service)
      if (done.has(node)) continue
      const wrong = Object.hasOwn(config.services, service) ? fault(node) : 'Not a service of this website:'
      if (wrong) {
        done.add(node)
        console.warn(wrong, node)
      } else if (isAllowed(service) && (!config.click.includes(service) || clicked.has(service))) {
        running.add(service)
        open(node, service)
      } else if (node instanceof HTMLIFrameElement && !stills.has(node)) {
        const name = config.frames[service] ?? service
        stills.set(node, still(node, name, texts, () => open(node, service), () => visitor.grant(service)))
      }
    }
  }

  /** Stand-ins of frames that the page took away go; a frame that lost its own gets another. */
  const tidy = () => {
    for (const [frame, standIn] of stills) {
      if (frame.isConnected && standIn.parentNode === frame.parentNode) continue
      standIn.remove()
      stills.delete(frame)
    }
    update()
  }

  /** @param {Event} event */
  const press = (event) => {
    const pressed = /** @type {Element} */ (event.target).closest?.(`[${BUTTON}]`)
    const service = String(pressed?.getAttribute(BUTTON))
    if (ready.has(service) || !Object.hasOwn(config.services, service)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!isAllowed(service)) return visitor.ask(service)
    if (clicked.has(service)) return
    clicked.add(service)
    running.add(service)
    update()
    queue(service, () => {
      ready.add(service)
      if (pressed instanceof HTMLElement) pressed.click()
    })
  }

  addEventListener('click', press, true)
  update()
  return { update, tidy, running }
}

/**
 * What is wrong with a frame or an image that has no address to wait with.
 *
 * @param {Gated} node
 */
function fault(node) {
  if (node.dataset.src || node instanceof HTMLScriptElement || node instanceof HTMLTemplateElement) return ''
  return node.src ? 'Loaded before consent, as it has no data-src:' : 'Cannot load without data-src:'
}

/**
 * What stands in the place of a frame that is not loaded.
 *
 * @param {HTMLIFrameElement} frame
 * @param {string} service
 * @param {Texts} texts
 * @param {() => void} once
 * @param {() => void} always
 * @returns {HTMLElement}
 */
function still(frame, service, texts, once, always) {
  const over = getComputedStyle(frame).position === 'absolute' ? ' leiz-choice-over' : ''
  const element = part(
    'div',
    'frame' + over,
    texts.language,
    {},
    make('p', {}, texts.frame_blocked.replaceAll('{service}', service)),
    make('div', { class: 'leiz-choice-acts' }, button(texts.load_once, once), button(texts.load_always, always)),
  )
  frame.hidden = true
  frame.before(element)
  return element
}
