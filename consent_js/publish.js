/**
 * @param {string} name Only `change` is known.
 * @param {(detail: { granted: string[] }) => void} listener
 */
function on(name, listener) {
  document.addEventListener('consent:' + name, (event) => listener(/** @type {CustomEvent} */ (event).detail))
}

/**
 * Offer the module as `window.consent`, unless another script took that name; an element with that id did not.
 *
 * @param {(id: string) => boolean} allows
 * @param {(purpose?: string) => void} open
 */
export function publish(allows, open) {
  const taken = Reflect.get(window, 'consent')
  if (!taken || taken instanceof Element) Reflect.set(window, 'consent', { allows, open, on })
}
