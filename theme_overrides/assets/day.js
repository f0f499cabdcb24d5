/**
 * The date field beside the table of versions: it answers which text applied on a day, from the rows of the table.
 *
 * @typedef {object} Interval A version and the days on which it applies, as 2027-01-01; `last` is empty while open.
 * @property {string} from
 * @property {string} last
 */

/**
 * Which interval a day lies in. What will apply is known for as long as an end is known, and for the first day of the
 * newest version; after that, or after the day the page was built, something else may have been announced.
 *
 * @param {Interval[]} intervals The newest first.
 * @param {string} day As 2027-01-01.
 * @param {string} built The day the page was built.
 * @returns {number | 'before' | 'unknown'} Its place among the intervals.
 */
export function intervalOn(intervals, day, built) {
  const at = intervals.findIndex(({ from }) => from <= day)
  if (at < 0) return 'before'
  const { from, last } = intervals[at]
  return last || day === from || day <= built ? at : 'unknown'
}

/**
 * Show the field, where there is one, and answer it.
 *
 * @param {Document} page
 */
export function startDay(page) {
  const place = page.querySelector('.on-day')
  const field = place?.querySelector('input')
  const answer = place?.querySelector('p')
  if (!(place instanceof HTMLElement) || !field || !answer) return
  const rows = /** @type {HTMLTableRowElement[]} */ ([...page.querySelectorAll('tr[data-from]')])
  const intervals = rows.map(({ dataset }) => ({ from: dataset.from ?? '', last: dataset.last ?? '' }))
  place.hidden = false
  field.addEventListener('input', () => {
    const found = field.value ? intervalOn(intervals, field.value, place.dataset.built ?? '') : ''
    for (const [at, row] of rows.entries()) row.classList.toggle('picked', at === found)
    say(answer, found, rows)
  })
}

/**
 * @param {HTMLElement} answer
 * @param {number | string} found
 * @param {HTMLTableRowElement[]} rows
 */
function say(answer, found, rows) {
  const { first = '', found: known = '', unknown = '' } = answer.dataset
  const row = typeof found === 'number' ? rows[found] : rows[0]
  const sentence = { before: first, unknown, '': '' }[found] ?? known
  const [version, from] = [...row.cells]
  answer.replaceChildren()
  for (const part of sentence.split(/(\{\w+\})/)) {
    if (part === '{version}') answer.append(version.querySelector('a')?.cloneNode(true) ?? '')
    else answer.append(part === '{from}' ? from.textContent ?? '' : part)
  }
}
