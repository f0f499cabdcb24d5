import { needsOf } from './decision.js'
import { addressesOf } from './marked.js'
import { filled } from './reasons.js'
/** @import { DiagnosisTexts, Kit, Reason, Refusal, Row } from './types.js' */

/** The module itself, where it comes from another host. */
const OWN = /\/toestemming\/[\w.]+\.js$/
const LOADING = 'script,iframe,img,link,video,audio,source,embed,object'

/**
 * The other hosts that this page asked for something, or names in what it loads, outside of what is marked.
 *
 * @param {HTMLElement[]} marked
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @param {Refusal[]} refusals What the CSP of the page refused.
 * @returns {Row[]}
 */
export function unmarkedHosts(marked, kit, texts, refusals) {
  /** @type {Map<string, { first: string, found: Set<string> }>} */
  const hosts = new Map()
  for (const { href, protocol, host, pathname } of [...namedHere(marked), ...askedHere(marked)]) {
    if (host === location.host || OWN.test(pathname) || !/^(https?|wss?):$/.test(protocol)) continue
    const seen = hosts.get(host) ?? { first: host + pathname, found: new Set() }
    hosts.set(host, { ...seen, found: seen.found.add(href) })
  }
  return [...hosts].map(([host, { first, found }]) => {
    const ids = Object.keys(texts.services).filter((id) => texts.services[id].some((one) => covers(one, host)))
    const [level, why] = reasonOfHost(ids, host, kit, texts, refusals)
    return { level, what: first + (found.size > 1 ? ` (${found.size})` : ''), names: ids.join(', '), why }
  })
}

/** @param {HTMLElement[]} marked @returns {URL[]} What unmarked nodes load. */
function namedHere(marked) {
  const nodes = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(LOADING))
  const loads = [...nodes].filter((node) => !marked.includes(node) && !node.matches('script[type="text/plain"],link[rel=canonical],link[rel=alternate]'))
  return loads.flatMap((node) => addressesOf(node))
}

/** @param {HTMLElement[]} marked @returns {URL[]} What was asked for since the page began, but for what is marked. */
function askedHere(marked) {
  const known = marked.flatMap(addressesOf).map(({ href }) => href)
  const asked = performance.getEntriesByType('resource').flatMap(({ name }) => (URL.canParse(name) ? new URL(name) : []))
  return asked.filter(({ href }) => !known.includes(href))
}

/**
 * Whether a declared host, such as `*.example.com`, is this one.
 *
 * @param {string} declared
 * @param {string} host
 */
function covers(declared, host) {
  const name = host.replace(/:\d+$/, '')
  const domain = declared.replace(/^\*?\./, '')
  return name === declared || (domain !== declared && name.endsWith('.' + domain)) || declared === '.' + name
}

/**
 * @param {string[]} ids The services that the host belongs to.
 * @param {string} host
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @param {Refusal[]} refusals
 * @returns {Reason}
 */
function reasonOfHost(ids, host, kit, texts, refusals) {
  const service = ids.join(', ')
  if (refusals.some((refusal) => refusal.host === host)) return ['waits', texts.host_refused]
  if (!ids.length) return ['wrong', texts.host_unknown]
  if (ids.some((id) => needsOf(id, kit.terms)?.length === 0)) return ['runs', texts.exempt]
  return ids.some(kit.isAllowed) ? ['runs', filled(texts.host_granted, { service })] : ['wrong', filled(texts.host_early, { service })]
}
