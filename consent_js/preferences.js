import { adopt, button, make, part } from './element.js'
/** @import { Choose, DetailTexts, Details, Method, PurposeDetails, ServiceDetails } from './types.js' */

/**
 * Show the second layer: a switch for each purpose, with its services and what they keep.
 *
 * @param {Details} details
 * @param {string} language
 * @param {string} list The address of the full list.
 * @param {string[]} granted The purposes whose switch is on.
 * @param {string | undefined} purpose The purpose to start at.
 * @param {Choose} choose
 */
export function showPreferences(details, language, list, granted, purpose, choose) {
  if (document.querySelector('dialog.leiz-choice-dialog')) return
  if (!styled) adopt(details.style)
  styled = true
  const texts = details.texts[language]
  const rows = texts.purposes.map((row) => purposeRow(row, texts, granted))

  /** @param {Method} method @param {string[]} purposes */
  const save = (method, purposes) => {
    dialog.close()
    dialog.remove()
    choose(method, purposes)
  }

  const dialog = part(
    'dialog',
    'dialog',
    language,
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
      ...rows,
      make('p', {}, make('a', { href: list }, texts.more)),
    ),
    make(
      'div',
      { class: 'leiz-choice-acts' },
      button(texts.allow_all, () => save('all', [])),
      button(texts.refuse_all, () => save('none', [])),
      button(texts.save, () => save('some', picked())),
    ),
  )
  const boxes = [...dialog.querySelectorAll('input')]
  const picked = () => boxes.filter(({ checked }) => checked).map(({ value }) => value)
  dialog.addEventListener('close', () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
  boxes.find(({ value }) => value === purpose)?.focus()
}

let styled = false

/**
 * @param {PurposeDetails} row
 * @param {DetailTexts} texts
 * @param {string[]} granted
 */
function purposeRow(row, texts, granted) {
  const id = 'leiz-choice-' + row.id
  const name = row.asked ? make('label', { for: id }, row.name) : make('span', {}, row.name)
  const element = make(
    'section',
    { class: 'leiz-choice-row' },
    make('h3', {}, name),
    make('p', { id: id + '-sentence' }, row.sentence),
    make('details', {}, make('summary', {}, `${texts.services} (${row.services.length})`), ...row.services.map((service) => serviceCard(service, texts))),
  )
  if (!row.asked) element.append(make('em', {}, texts.always_on))
  else {
    const box = make('input', { type: 'checkbox', id, value: row.id, 'aria-describedby': id + '-sentence' })
    box.checked = granted.includes(row.id)
    element.prepend(box)
  }
  return element
}

/**
 * @param {ServiceDetails} service
 * @param {DetailTexts} texts
 */
function serviceCard({ name, needs, recipient, items }, texts) {
  const card = make('div', {}, make('h4', {}, name), make('p', {}, `${texts.recipient}: ${recipient}`))
  if (needs) card.append(make('p', {}, needs))
  if (items.length) {
    const head = [texts.storage, texts.lifetime].map((word) => make('th', { scope: 'col' }, word))
    const body = items.map(([item, lifetime]) => make('tr', {}, make('td', {}, make('code', {}, item)), make('td', {}, lifetime)))
    card.append(make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body)))
  }
  return card
}
