import { choose } from './choose.js'
import { needsOf } from './decision.js'
import { adopt, button, make, part } from './element.js'
/** @import { FrameTexts, Kit } from './types.js' */
/**
 * Let each frame that waits say so.
 *
 * @param {Kit} kit
 * @param {FrameTexts} texts
 * @returns {() => void} Puts something in the place of frames that wait now, and takes it away where they no longer do.
 */
export function use(kit, texts) {
  adopt(kit, texts)
  /** @type {Map<HTMLIFrameElement, Element>} */
  const stills = new Map()
  return () => {
    const waiting = kit.gate.update()
    for (const [frame, still] of stills) {
      if (waiting.includes(frame) && still.parentNode && still.parentNode === frame.parentNode) continue
      const focused = still.contains(document.activeElement)
      still.remove()
      stills.delete(frame)
      frame.hidden = false
      if (focused) frame.focus()
    }
    for (const frame of waiting) if (!stills.has(frame)) stills.set(frame, standIn(frame, kit, texts))
  }
}

/**
 * What stands in the place of a frame: a picture where the page names one, what it is, and two ways to load it.
 *
 * @param {HTMLIFrameElement} frame
 * @param {Kit} kit
 * @param {FrameTexts} texts
 * @returns {HTMLElement}
 */
function standIn(frame, kit, texts) {
  const { gate, terms, update } = kit
  const needs = gate.namesOf(frame).flatMap((name) => needsOf(name, terms) ?? [])
  const codes = [...new Set(needs.map(([code]) => code))]
  const [name, purposes] = codes.map((code) => texts.services[code]).find(Boolean) ?? [gate.namesOf(frame)[0], '']
  const { position, display } = getComputedStyle(frame)
  const fills = position === 'absolute'
  const once = () => {
    gate.open(frame)
    update()
  }
  const element = part(
    'div',
    'frame' + (fills ? ' leiz-choice-over' : ''),
    texts.language,
    {},
    make('p', {}, texts.frame_blocked.replaceAll('{service}', name)),
    make('p', {}, purposes && texts.always_for.replaceAll('{purposes}', purposes)),
    make('div', {}, button(texts.load_once, once), button(texts.load_always, () => choose(kit, texts, 'one', codes, []))),
  )
  if (frame.dataset.still) element.prepend(make('img', { src: frame.dataset.still, alt: '' }))
  // As large as the frame, so that nothing moves; set as properties, which a strict CSP allows.
  if (!fills) {
    const size = { display: display === 'inline' ? 'inline-grid' : 'grid', 'max-width': frame.offsetWidth + 'px', 'min-height': frame.offsetHeight + 'px' }
    for (const [name, value] of Object.entries(size)) element.style.setProperty(name, value, 'important')
  }
  frame.hidden = true
  frame.before(element)
  return element
}
