import { button, make } from './element.js'
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
 * @returns {{ update: () => void, running: Set<string> }}
 */
export function startGate(config, texts, isAllowed, visitor) {
  /** @type {Set<string>} */
  const running = new Set()
  /** @type {Set<string>} */
  const clicked = new Set()
  /** @type {WeakSet<Element>} */
  const done = new WeakSet()
  /** @type {WeakMap<Element, Element>} */
  const stills = new WeakMap()
  let scripts = Promise.resolve()

  /** @param {Gated} node */
  const open = (node) => {
    done.add(node)
    const standIn = stills.get(node)
    const focused = standIn?.contains(document.activeElement)
    standIn?.remove()
    if (node instanceof HTMLScriptElement) scripts = scripts.then(() => runScript(node))
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
      if (!Object.hasOwn(config.services, service)) {
        done.add(node)
        console.warn('Not a service of this website:', node)
      } else if (isAllowed(service) && (!config.click.includes(service) || clicked.has(service))) {
        running.add(service)
        open(node)
      } else if (node instanceof HTMLIFrameElement && !stills.has(node)) {
        const name = config.frames[service] ?? service
        stills.set(node, still(node, name, texts, () => open(node), () => visitor.grant(service)))
      }
    }
  }

  /** @param {Event} event */
  const press = (event) => {
    const pressed = /** @type {Element} */ (event.target).closest?.(`[${BUTTON}]`)
    const service = String(pressed?.getAttribute(BUTTON))
    if (clicked.has(service) || !Object.hasOwn(config.services, service)) return
    event.preventDefault()
    event.stopImmediatePropagation()
    if (!isAllowed(service)) return visitor.ask(service)
    clicked.add(service)
    running.add(service)
    update()
    scripts.then(() => /** @type {HTMLElement} */ (pressed).click())
  }

  addEventListener('click', press, true)
  new MutationObserver(update).observe(document.documentElement, { childList: true, subtree: true })
  update()
  return { update, running }
}

/**
 * Let an inert script run, and wait for it, so that the order of the page is kept.
 * The element itself is put back, not a copy, which Trusted Types allow for a script with a `src`.
 *
 * @param {HTMLScriptElement} script
 * @returns {Promise<void>}
 */
function runScript(script) {
  return new Promise((resolve) => {
    const { parentNode, nextSibling, dataset } = script
    const waits = !script.hasAttribute('async') && Boolean(script.src || dataset.src)
    script.remove()
    try {
      script.type = dataset.type ?? 'text/javascript'
      script.async = script.hasAttribute('async')
      if (dataset.src) script.src = dataset.src
      for (const end of ['load', 'error']) script.addEventListener(end, () => resolve())
      parentNode?.insertBefore(script, nextSibling)
    } catch (error) {
      console.warn(script, error)
      resolve()
    }
    if (!waits) resolve()
  })
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
  const element = make(
    'div',
    { class: 'leiz-choice leiz-choice-frame' },
    make('p', {}, texts.frame_blocked.replaceAll('{service}', service)),
    make('div', { class: 'leiz-choice-acts' }, button(texts.load_once, once), button(texts.load_always, always)),
  )
  frame.hidden = true
  frame.before(element)
  return element
}
