import { needsOf } from './decision.js'
/** @import { Kit } from './types.js' */

/**
 * A button of a service that loads only after a click was pressed: ask for what the service needs, or load it and then
 * press the button again, for the service itself.
 *
 * @param {Kit} kit
 * @param {object} _data
 * @param {HTMLElement} pressed
 * @param {string} service
 */
export function use(kit, _data, pressed, service) {
  const again = () => {
    kit.ready.add(service)
    pressed.click()
  }
  if (!needsOf(service, kit.terms)) again()
  else if (!kit.isAllowed(service)) kit.open(service)
  else if (!kit.clicked.has(service)) {
    kit.clicked.add(service)
    kit.gate.running.add(service)
    kit.update()
    kit.gate.queue(service, again)
  }
}
