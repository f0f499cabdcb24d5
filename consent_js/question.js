import { announcementLine } from './announced_line.js'
import { addSheet, adopt, button, make, part } from './element.js'
import { statusLine } from './status.js'
/** @import { Kit, QuestionTexts, Shown } from './types.js' */

/**
 * Show a question, before the page's own content, without taking the focus.
 *
 * @param {Kit} kit
 * @param {QuestionTexts} texts
 * @param {Node[]} content What it is about.
 * @param {[string, () => unknown][]} acts The buttons: first the twins, then the way to the second layer.
 * @returns {Shown} Puts it back where the page threw it out; closes it.
 */
export function showQuestion(kit, texts, content, acts) {
  adopt(kit, texts)
  statusLine(texts.language)
  const notice = part(
    'section',
    'notice',
    texts.language,
    { 'aria-labelledby': 'leiz-choice-title' },
    make(
      'div',
      { class: 'leiz-choice-text' },
      make('h2', { id: 'leiz-choice-title' }, texts.title),
      ...texts.intro.map((sentence) => make('p', {}, sentence)),
      ...content,
      ...announcementLine(kit, texts),
      make('p', {}, texts.change_later, ' ', make('a', { href: kit.list }, texts.more)),
    ),
    make('div', { class: 'leiz-choice-acts' }, ...acts.map(([text, act]) => button(text, act))),
  )
  const place = () => {
    if (!notice.isConnected) document.body.prepend(notice)
  }
  place()
  const leaveRoom = makeRoom(notice)
  const giveBack = watchFocus(notice, texts.language)
  return {
    place,
    close() {
      const focused = notice.contains(document.activeElement)
      leaveRoom()
      notice.remove()
      if (focused) giveBack()
    },
  }
}

/**
 * Keep what has the focus in the page from lying behind the question (WCAG 2.4.11), and its last line in reach.
 *
 * @param {HTMLElement} notice
 * @returns {() => void}
 */
export function makeRoom(notice) {
  const sheet = addSheet()
  const observer = new ResizeObserver(() => {
    const room = Math.ceil(innerHeight - notice.getBoundingClientRect().top) + 'px!important'
    sheet.replaceSync(`@media screen{:root{scroll-padding-bottom:${room};padding-bottom:${room}}}`)
  })
  observer.observe(notice)
  return () => {
    observer.disconnect()
    sheet.replaceSync('')
  }
}

/**
 * Remember where the focus came from; without such a place it goes to the line that tells what happened.
 *
 * @param {HTMLElement} notice
 * @param {string} lang
 * @returns {() => void}
 */
export function watchFocus(notice, lang) {
  /** @type {HTMLElement | undefined} */
  let before
  notice.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof HTMLElement && !notice.contains(relatedTarget)) before = relatedTarget
  })
  return () => (before?.isConnected ? before : statusLine(lang)).focus()
}
