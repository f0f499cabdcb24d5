import { circumstances } from './circumstances.js'
import { adopt, button, make, part } from './element.js'
import { hearOnce, hearPage, hearRefusals } from './hear.js'
import { markedNodes, rowOf } from './marked.js'
import { unmarkedHosts } from './unmarked.js'
/** @import { DiagnosisTexts, Gated, Kit, Refusal, Row } from './types.js' */

/** Milliseconds that the page must be still before it is looked at again. */
const PAUSE = 250

/**
 * Tell the builder of a website what waits on this page, and why: in a panel and on the console, for as long as the
 * panel is open. It reads only: nothing is kept, and nobody is asked for anything.
 *
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @returns {true}
 */
export function use(kit, texts) {
  /** @type {Map<string, Refusal>} */
  const refusals = new Map()
  /** @type {Set<Gated>} */
  const once = new Set()
  let shown = ''
  /** @type {number | undefined} */
  let waiting

  const draw = () => {
    const refused = [...refusals.values()]
    const marked = markedNodes(kit)
    const rows = marked.map((node) => rowOf(node, kit, texts, refused, once.has(/** @type {Gated} */ (node))))
    const others = unmarkedHosts(marked, kit, texts, refused)
    const facts = circumstances(kit, texts, refused)
    const report = asText(facts, rows, others, texts)
    if (report === shown) return
    shown = report
    content.replaceChildren(
      ...section(texts.page, facts.map((fact) => make('li', {}, fact))),
      ...section(texts.marked, rows.map((row) => item(row, texts)), texts.marked_none),
      ...section(texts.unmarked, others.map((row) => item(row, texts)), texts.unmarked_none),
    )
    console.info(`${texts.title}\n${facts.join('\n')}`)
    console.table([...rows, ...others].map((row) => ({ ...row, level: texts.levels[row.level] })))
  }
  const later = () => {
    clearTimeout(waiting)
    waiting = setTimeout(draw, PAUSE)
  }

  const content = make('div', { class: 'leiz-choice-text', tabindex: '0', role: 'group', 'aria-label': texts.report })
  const told = make('span', { role: 'status' })
  const close = () => {
    clearTimeout(waiting)
    stop.forEach((end) => end())
    panel.remove()
  }
  const panel = part(
    'section',
    'diagnosis',
    texts.language,
    { 'aria-labelledby': 'leiz-choice-diagnosis' },
    make(
      'div',
      { class: 'leiz-choice-bar' },
      make('h2', { id: 'leiz-choice-diagnosis' }, texts.title),
      told,
      button(texts.copy, async () => told.replaceChildren((await copied(shown, panel)) ? texts.copied : texts.not_copied)),
      button(texts.close, close),
    ),
    content,
  )
  panel.addEventListener('keydown', ({ key }) => key === 'Escape' && close())

  adopt(kit, texts)
  document.body.prepend(panel)
  const stop = [hearOnce(kit, once), hearPage(panel, later), hearRefusals((refusal) => {
    refusals.set(refusal.directive + ' ' + refusal.address, refusal)
    later()
  })]
  draw()
  return true
}

/**
 * @param {string} title
 * @param {HTMLElement[]} items
 * @param {string} [none] What is said where there are none.
 */
function section(title, items, none = '') {
  return [make('h3', {}, title), items.length ? make('ul', {}, ...items) : make('p', {}, none)]
}

/** @param {Row} row @param {DiagnosisTexts} texts */
function item({ level, what, names, why }, texts) {
  return make('li', { class: 'leiz-choice-' + level }, make('strong', {}, texts.levels[level]), ' ', make('code', {}, what), ` [${names}] ${why}`)
}

/**
 * @param {string[]} facts
 * @param {Row[]} rows
 * @param {Row[]} others
 * @param {DiagnosisTexts} texts
 */
function asText(facts, rows, others, texts) {
  /** @param {Row[]} found @param {string} none */
  const lines = (found, none) => (found.length ? found.map(({ level, what, names, why }) => `- ${texts.levels[level]} ${what} [${names}] ${why}`) : [none])
  return [
    `${texts.title}\n${location.href}`,
    [texts.page, ...facts.map((fact) => '- ' + fact)].join('\n'),
    [texts.marked, ...lines(rows, texts.marked_none)].join('\n'),
    [texts.unmarked, ...lines(others, texts.unmarked_none)].join('\n'),
  ].join('\n\n')
}

/**
 * Put a text on the clipboard, also where the page did not come by https.
 *
 * @param {string} text
 * @param {HTMLElement} panel
 * @returns {Promise<boolean>} Whether that worked.
 */
async function copied(text, panel) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const focused = /** @type {HTMLElement | null} */ (document.activeElement)
    const field = make('textarea', {}, text)
    panel.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    focused?.focus()
    return done
  }
}
