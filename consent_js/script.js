/** The types that a browser runs, and so tells the end of. */
const WAITS = /^(module|(text|application)\/(java|ecma)script)$/i

/**
 * Let an inert script run, and wait for it, so that the order of the page is kept: by us for each service, as the
 * browser would let the services wait for each other.
 * The element itself is put back, not a copy, which Trusted Types allow for a script with a `src`.
 *
 * @param {HTMLScriptElement} script
 */
export async function runScript(script) {
  const { parentNode, nextSibling, dataset } = script
  if (!script.isConnected) return
  const free = script.hasAttribute('async')
  script.remove()
  script.type = dataset.type || 'text/javascript'
  if (dataset.src) script.src = dataset.src
  script.async = free || script.src !== ''
  const ended = new Promise((resolve) => ['load', 'error'].forEach((end) => script.addEventListener(end, resolve)))
  parentNode?.insertBefore(script, nextSibling)
  if (script.src && !free && !script.noModule && WAITS.test(script.type)) await ended
}
