import { grantedNow } from './decision.js'
import { adopt } from './element.js'
import { showNotice } from './notice.js'
import { keepRecord, readRecord } from './store.js'
/** @import { Config, ConsentRecord, Method } from './types.js' */

const STARTED = Symbol.for('leiz-choice')

/**
 * Start the module once, when the page has been read.
 *
 * @param {Config} config
 * @param {string} address The script's own address.
 */
export function start(config, address) {
  if (Reflect.get(document, STARTED)) return
  Reflect.set(document, STARTED, true)
  if (document.readyState !== 'loading') run(config, address)
  else document.addEventListener('DOMContentLoaded', () => run(config, address))
}

/**
 * @param {Config} config
 * @param {string} address
 */
function run(config, address) {
  const language = document.documentElement.lang.slice(0, 2)
  const texts = config.texts[language] ?? Object.values(config.texts)[0]
  const minute = () => Math.floor(Date.now() / 60000)
  let record = readRecord()

  /** @param {Method} method */
  const choose = (method) => {
    const granted = method === 'all' ? config.purposes : []
    const { number, terms } = config
    record = { number, terms, text: texts.digest, minute: minute(), method, granted, withdrawn: [] }
    keepRecord(record, config.domain)
    notice?.remove()
  }

  /** @type {HTMLElement | undefined} */
  let notice
  if (config.purposes.length && !grantedNow(record, config, minute())) {
    adopt(config.style)
    notice = showNotice(texts, new URL(texts.list, address).href, choose, () => {})
  }
}
