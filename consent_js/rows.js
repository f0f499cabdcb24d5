import { make } from './element.js'
/** @import { DetailTexts, Kit, PurposeDetails, ServiceDetails } from './types.js' */

/**
 * @param {string} code
 * @param {boolean} checked
 * @param {Record<string, string>} attributes
 */
function checkbox(code, checked, attributes) {
  const box = make('input', { type: 'checkbox', value: code, ...attributes })
  box.checked = checked
  return box
}

/**
 * @param {PurposeDetails} row
 * @param {DetailTexts} texts
 * @param {Kit} kit
 */
export function purposeRow(row, texts, kit) {
  const id = 'leiz-choice-' + row.id
  const name = row.asked ? make('label', { for: id }, row.name) : make('span', {}, row.name)
  const cards = row.services.map((service) => serviceCard(service, row, texts, kit))
  const services = make('details', {}, make('summary', {}, `${texts.services} (${row.services.length})`), ...cards)
  const element = make(
    'section',
    { class: 'leiz-choice-row' },
    make('h3', {}, name),
    make('p', { id: id + '-sentence' }, row.sentence),
    services,
  )
  if (!row.asked) element.append(make('em', {}, texts.always_on))
  else {
    element.prepend(checkbox(row.code, Boolean(kit.answers().get(row.code)?.yes), { id, 'aria-describedby': id + '-sentence' }))
    services.open = kit.acts.length > 0 && row.services.some(({ code }) => kit.left().includes(code))
  }
  return element
}

/**
 * @param {ServiceDetails} service
 * @param {PurposeDetails} row
 * @param {DetailTexts} texts
 * @param {Kit} kit
 */
function serviceCard({ id, code, name, needs, purposes, recipient, items }, row, texts, kit) {
  const title = row.asked ? make('label', {}, checkbox(code, kit.isAllowed(id), { 'data-needs': purposes.join(' ') }), name) : name
  const card = make('div', {}, make('h4', {}, title), make('p', {}, `${texts.recipient}: ${recipient}`))
  if (needs) card.append(make('p', {}, needs))
  if (items.length) {
    const head = [texts.storage, texts.lifetime].map((word) => make('th', { scope: 'col' }, word))
    const body = items.map(([item, lifetime]) => make('tr', {}, make('td', {}, make('code', {}, item)), make('td', {}, lifetime)))
    card.append(make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...body)))
  }
  return card
}
