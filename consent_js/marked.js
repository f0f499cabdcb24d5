import { needsOf } from './decision.js'
import { filled, mustBeClicked, reasonsOfName } from './reasons.js'
/** @import { DiagnosisTexts, Gated, Kit, Level, Reason, Refusal, Row } from './types.js' */

const BUTTON_MARK = 'data-service-button'
const KEPT_BACK = 'script,template,iframe,img'
const ANY_MARK = ':is([data-service],[data-name],[data-category],[data-purpose])'
const SEEN = `:is(${KEPT_BACK})${ANY_MARK},:is(link,video,audio,source,embed,object)[data-service],[${BUTTON_MARK}]`
const INERT = 'script[type="text/plain"],template,iframe[data-src],img[data-src]'

/**
 * The nodes of the page that are marked, right or wrong. A name that other programs use as well counts only where the
 * node is one that waits, or where the name is known here.
 *
 * @param {Kit} kit
 * @returns {HTMLElement[]}
 */
export function markedNodes(kit) {
  const found = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(SEEN))
  return [...found].filter(
    (node) => node.matches(`${INERT},[data-service],[${BUTTON_MARK}]`) || namesOfNode(node, kit).some((name) => needsOf(name, kit.terms)),
  )
}

/**
 * The addresses from which a node loads, or would.
 *
 * @param {HTMLElement} node
 * @returns {URL[]}
 */
export function addressesOf(node) {
  return ['src', 'data-src', 'href', 'data'].flatMap((name) => {
    const value = node.getAttribute(name)
    return value && URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : []
  })
}

/**
 * What a marked node is, whether it runs, and why it does not.
 *
 * @param {HTMLElement} node
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @param {Refusal[]} refusals What the CSP of the page refused.
 * @param {boolean} once Whether the visitor loaded it without allowing it.
 * @returns {Row}
 */
export function rowOf(node, kit, texts, refusals, once) {
  const names = namesOfNode(node, kit)
  const missing = once ? [] : names.flatMap((name) => reasonsOfName(name, kit, texts))
  const isButton = node.hasAttribute(BUTTON_MARK)
  const faults = isButton ? [] : faultsOf(node, names.every((name) => kit.isAllowed(name) && !mustBeClicked(name, kit)) || once, texts, refusals)
  const reasons = [...faults, ...missing]
  const exempt = names.every((name) => !needsOf(name, kit.terms)?.length)
  /** @type {Reason} */
  const fine = ['runs', once ? texts.once : exempt ? texts.exempt : texts.granted]
  const told = reasons.length ? reasons : [fine]
  const levels = /** @type {Level[]} */ (['wrong', 'waits', 'runs'])
  return {
    level: levels.find((level) => told.some(([one]) => one === level)) ?? 'runs',
    what: titleOf(node),
    names: names.join(', '),
    why: [...new Set(told.map(([, sentence]) => sentence))].join(' '),
  }
}

/**
 * @param {HTMLElement} node
 * @param {Kit} kit
 * @returns {string[]}
 */
function namesOfNode(node, kit) {
  return [node.getAttribute(BUTTON_MARK) ?? [], kit.gate.namesOf(/** @type {Gated} */ (node))].flat()
}

/**
 * The node in a few letters: its kind, and its id, address or first words.
 *
 * @param {HTMLElement} node
 */
function titleOf(node) {
  const [address] = addressesOf(node)
  const words = node instanceof HTMLTemplateElement ? '' : (node.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40)
  return `<${node.localName}> ${node.id ? '#' + node.id : address ? address.host + address.pathname : words}`.trim()
}

/**
 * What is wrong with how the node is written, whatever the visitor chose.
 *
 * @param {HTMLElement} node
 * @param {boolean} mayRun
 * @param {DiagnosisTexts} texts
 * @param {Refusal[]} refusals
 * @returns {Reason[]}
 */
function faultsOf(node, mayRun, texts, refusals) {
  const refused = mayRun && refusals.some(({ host }) => host && addressesOf(node).some((address) => address.host === host))
  if (refused) return [['wrong', texts.csp_refused]]
  if (!node.matches(KEPT_BACK)) return [['wrong', filled(texts.cannot_wait, { tag: node.localName })]]
  if (node instanceof HTMLScriptElement) return faultsOfScript(node, mayRun, texts, refusals)
  return node instanceof HTMLTemplateElement ? [] : faultsOfFrame(node, mayRun, texts)
}

/**
 * @param {HTMLScriptElement} script
 * @param {boolean} mayRun
 * @param {DiagnosisTexts} texts
 * @param {Refusal[]} refusals
 * @returns {Reason[]}
 */
function faultsOfScript(script, mayRun, texts, refusals) {
  const inline = !addressesOf(script).length
  if (inline && !script.text.trim()) return [['wrong', texts.empty]]
  if (script.type === 'text/plain') return mayRun ? [['waits', texts.in_order]] : []
  if (!mayRun || !script.hasAttribute('type')) return [['wrong', texts.not_inert]]
  const stopped = inline && refusals.some(({ address }) => ['inline', 'trusted-types-sink'].includes(address))
  return stopped ? [['wrong', texts.inline_refused]] : []
}

/**
 * A frame or an image; what it loads from the website itself does no harm.
 *
 * @param {HTMLElement} node
 * @param {boolean} mayRun
 * @param {DiagnosisTexts} texts
 * @returns {Reason[]}
 */
function faultsOfFrame(node, mayRun, texts) {
  const src = node.getAttribute('src')
  const host = src && URL.canParse(src, document.baseURI) ? new URL(src, document.baseURI).host : ''
  if (!node.dataset.src) return [['wrong', src ? texts.src_beside : texts.no_address]]
  return host && host !== location.host && !mayRun ? [['wrong', texts.src_beside]] : []
}
