import { runScript } from './script.js'
/** @import { Gate, Gated } from './types.js' */

const MARKS = ['service', 'name', 'category', 'purpose']
const GATED = `:is(script[type="text/plain"],template,iframe[data-src],img[data-src]):is(${MARKS.map((mark) => `[data-${mark}]`)})`

/**
 * Keep everything that is marked inert until all that it is marked with is allowed.
 *
 * @param {(name: string) => boolean} mayRun
 * @param {() => unknown} before What must be done, and must succeed, before a script runs.
 * @returns {Gate}
 */
export function startGate(mayRun, before) {
  /** @type {Set<string>} */
  const running = new Set()
  const done = new WeakSet()
  /** @type {Map<string, Promise<unknown>>} */
  const queues = new Map()

  /** @param {Gated} node */
  const namesOf = (node) => MARKS.flatMap((mark) => node.dataset[mark] || [])

  /** @param {string} key @param {() => unknown} act */
  const queue = (key, act) => queues.set(key, (queues.get(key) ?? Promise.resolve()).then(act).catch(console.warn))

  /** @param {Gated} node */
  const open = (node) => {
    done.add(node)
    if (node instanceof HTMLScriptElement) queue(namesOf(node)[0], async () => (await before()) && runScript(node))
    else if (node instanceof HTMLTemplateElement) node.after(document.importNode(node.content, true))
    else node.src = /** @type {string} */ (node.dataset.src)
  }

  const update = () => {
    const waiting = []
    for (const node of /** @type {NodeListOf<Gated>} */ (document.querySelectorAll(GATED))) {
      if (done.has(node)) continue
      const names = namesOf(node)
      if (names.every(mayRun)) {
        names.forEach(running.add, running)
        open(node)
      } else if (node instanceof HTMLIFrameElement) waiting.push(node)
    }
    return waiting
  }

  return { update, open, namesOf, queue, running }
}
