/** @import { Gated, Kit, Refusal } from './types.js' */

/**
 * Hear what the CSP of the page refuses from now on and, where the browser remembers it, what it refused before.
 *
 * @param {(refusal: Refusal) => void} hear
 * @returns {() => void} Stops it.
 */
export function hearRefusals(hear) {
  /** @param {string} directive @param {string} address */
  const tell = (directive, address) => hear({ directive, address, host: URL.canParse(address) ? new URL(address).host : '' })
  /** @param {SecurityPolicyViolationEvent} event */
  const seen = ({ effectiveDirective, blockedURI }) => tell(effectiveDirective, blockedURI)
  document.addEventListener('securitypolicyviolation', seen)
  const { ReportingObserver: Observer } = /** @type {any} */ (window)
  const observer = Observer && new Observer(
    (/** @type {{ body: { effectiveDirective: string, blockedURL: string } }[]} */ reports) => {
      for (const { body } of reports) tell(body.effectiveDirective, body.blockedURL)
    },
    { types: ['csp-violation'], buffered: true },
  )
  observer?.observe()
  return () => {
    document.removeEventListener('securitypolicyviolation', seen)
    observer?.disconnect()
  }
}

/**
 * Remember which frames the visitor loads without allowing them.
 *
 * @param {Kit} kit
 * @param {Set<Gated>} once
 * @returns {() => void} Stops it.
 */
export function hearOnce({ gate }, once) {
  const { open } = gate
  gate.open = (node) => {
    once.add(node)
    open(node)
  }
  return () => {
    gate.open = open
  }
}

/**
 * Hear of all that changes on the page besides the panel.
 *
 * @param {HTMLElement} panel
 * @param {() => void} changed
 * @returns {() => void} Stops it.
 */
export function hearPage(panel, changed) {
  const nodes = new MutationObserver((changes) => changes.some(({ target }) => !panel.contains(target)) && changed())
  nodes.observe(document, { childList: true, subtree: true, attributes: true })
  const asked = new PerformanceObserver(changed)
  asked.observe({ type: 'resource' })
  document.addEventListener('consent:change', changed)
  return () => {
    nodes.disconnect()
    asked.disconnect()
    document.removeEventListener('consent:change', changed)
  }
}
