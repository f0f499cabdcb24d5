import { allows, answersOf, readTerms } from './decision.js'
import { actsIn, cookies, thisMinute } from './store.js'
/** @import { PlainTerms } from './types.js' */

/**
 * Keep this page from every host that is not declared and granted, where no server does so by a header.
 * For a classic script without `defer` or `async`, as the first thing in the head.
 *
 * It is second best. A browser reads ahead and may already fetch what stands further down before any script runs, and
 * what stands above this script is not guarded at all. Nothing fetched that way runs, but its host was asked.
 *
 * @param {object} config
 * @param {number} config.number The number of the announced inventory.
 * @param {PlainTerms['names']} config.names What must be granted for each service.
 * @param {[string, Record<string, string>][]} config.csp Each directive, and the hosts that a service adds to it.
 */
export function guard({ number, names, csp }) {
  const terms = readTerms({ number, names, kinds: [], services: [] })
  const answers = answersOf(actsIn(cookies()), thisMinute())
  const meta = document.createElement('meta')
  meta.httpEquiv = 'Content-Security-Policy'
  meta.content = csp
    .map(([always, added]) => [always, ...Object.keys(added).flatMap((name) => (allows(name, terms, answers) ? added[name] : []))].join(' '))
    .join('; ')
  document.head.append(meta)
  Reflect.set(document, Symbol.for('leiz-choice-guard'), true)
}
