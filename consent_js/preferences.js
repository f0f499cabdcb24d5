import { choose, everyCode } from './choose.js'
import { needsOf } from './decision.js'
import { adopt, button, make, part } from './element.js'
import { purposeRow } from './rows.js'
import { refusedByBrowser } from './signals.js'
import { statusLine } from './status.js'
import { catchUp } from './take.js'
/** @import { DetailTexts, Kit } from './types.js' */

/**
 * Show the second layer: a switch for each purpose and for each of its services, with what they keep.
 *
 * @param {Kit} kit
 * @param {DetailTexts} texts
 * @param {string} name The purpose or service to start at.
 * @param {number} turn The visitor's turn that asked for it; one that has gone on by now gets nothing.
 * @returns {true}
 */
export function use(kit, texts, name = '', turn) {
  if (turn !== kit.turn || document.querySelector('dialog.leiz-choice-dialog')) return true
  catchUp(kit, texts)
  const every = everyCode(kit)
  adopt(kit, texts)
  statusLine(texts.language)
  const rows = texts.purposes.map((row) => purposeRow(row, texts, kit))

  /** @param {() => unknown} act */
  const closing = (act) => () => {
    dialog.close()
    dialog.remove()
    act()
  }
  const save = () => {
    const on = boxes.filter((box) => box.checked).map((box) => box.value)
    const yes = every.filter((code) => on.includes(code))
    choose(kit, texts, 'some', yes, every.filter((code) => !on.includes(code)))
  }

  const dialog = part(
    'dialog',
    'dialog',
    texts.language,
    { 'aria-labelledby': 'leiz-choice-heading' },
    make(
      'div',
      { class: 'leiz-choice-head' },
      make('h2', { id: 'leiz-choice-heading', tabindex: '-1', autofocus: '' }, texts.preferences_title),
      button(texts.close, () => dialog.close()),
    ),
    make(
      'div',
      { class: 'leiz-choice-text' },
      make('p', {}, texts.preferences_intro),
      ...(refusedByBrowser() ? [make('p', {}, texts.browser_refuses)] : []),
      ...rows,
      earlierActs(kit, texts),
      make('p', {}, make('a', { href: kit.list }, texts.more)),
    ),
    make(
      'div',
      { class: 'leiz-choice-acts' },
      button(texts.allow_all, closing(() => choose(kit, texts, 'all', every, []))),
      button(texts.refuse_all, closing(() => choose(kit, texts, 'none', [], every))),
      button(texts.save, closing(save)),
    ),
  )
  const boxes = [...dialog.querySelectorAll('input')]
  dialog.addEventListener('change', ({ target }) => target instanceof HTMLInputElement && keepInStep(target, boxes))
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  const needed = needsOf(name, kit.terms)?.map(([code]) => code) ?? []
  const asked = boxes.filter(({ id, value }) => id && needed.includes(value))
  const first = asked.find(({ checked }) => !checked) ?? asked[0]
  first?.focus()
  return true
}

/**
 * A purpose switches its services along; a service that is switched on switches its purposes on.
 * The boxes of a service that serves two purposes are one.
 *
 * @param {HTMLInputElement} box
 * @param {HTMLInputElement[]} boxes
 */
function keepInStep(box, boxes) {
  /** @param {HTMLInputElement} purpose */
  const servicesOf = (purpose) => boxes.filter((one) => one.dataset.needs?.split(' ').includes(purpose.value))
  const changed = box.dataset.needs === undefined ? servicesOf(box) : [box]
  for (const one of changed) {
    for (const twin of boxes) if (twin.value === one.value) twin.checked = box.checked
  }
  const needs = box.dataset.needs?.split(' ') ?? []
  for (const one of boxes) if (box.checked && needs.includes(one.value)) one.checked = true
}

/**
 * The list of earlier choices, fetched when it is opened.
 *
 * @param {Kit} kit
 * @param {DetailTexts} texts
 */
function earlierActs(kit, texts) {
  const element = make('details', { class: 'leiz-choice-row' }, make('summary', {}, texts.acts))
  element.addEventListener('toggle', () => kit.withPart('acts', element), { once: true })
  return element
}
