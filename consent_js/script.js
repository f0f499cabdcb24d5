/** The types that a browser runs, and so tells the end of. */
const WAITS = /^(module|(text|application)\/(java|ecma)script)$/i

/**
 * Let an inert script run, and wait for it, so that the order of the page is kept: by us for each service, as the
 * browser would let the services wait for each other.
 * The element itself is put back, not a copy, which Trusted Types allow for a script with a `src`.
 *
 * @param {HTMLScriptElement} script
 * @returns {Promise<void>}
 */
export function runScript(script) {
  return new Promise((resolve) => {
    const { parentNode, nextSibling, dataset } = script
    const free = script.hasAttribute('async')
    if (!script.isConnected) return resolve()
    script.remove()
    try {
      script.type = dataset.type || 'text/javascript'
      if (dataset.src) script.src = dataset.src
      script.async = free || Boolean(script.src)
      for (const end of ['load', 'error']) script.addEventListener(end, () => resolve())
      parentNode?.insertBefore(script, nextSibling)
    } catch (error) {
      console.warn(script, error)
      resolve()
    }
    if (!script.src || free || script.noModule || !WAITS.test(script.type)) resolve()
  })
}
