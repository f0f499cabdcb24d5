import { isUntold } from './announced.js'
import { announcementLink } from './announced_line.js'
import { keepRead } from './announced_read.js'
import { adopt, button, make, part } from './element.js'
import { makeRoom, watchFocus } from './question.js'
/** @import { AnnouncementPartTexts, Kit } from './types.js' */

const MOMENTS = ['storage', 'pageshow', 'visibilitychange', 'consent:change']

/**
 * Show the announcement of a new version by itself, on a page that asks nothing, without taking the focus. It goes when
 * it was read, here or on another page, when the visitor chooses, or when the version is in force.
 *
 * @param {Kit} kit
 * @param {AnnouncementPartTexts} texts
 */
export function use(kit, texts) {
  if (!isUntold(kit)) return
  adopt(kit, texts)
  const ended = new AbortController()
  const { signal } = ended
  const read = () => {
    keepRead(kit)
    close()
  }
  const link = announcementLink(kit, texts)
  // Whoever follows the link has read it, in a new tab too; the right button is for a menu, and follows nothing.
  for (const press of /** @type {const} */ (['click', 'auxclick'])) link.addEventListener(press, ({ button: which }) => which < 2 && read())
  const notice = announcementNotice(texts, link, read)
  const place = () => {
    if (!notice.isConnected) document.body.prepend(notice)
  }
  place()
  const leaveRoom = makeRoom(notice)
  const giveBack = watchFocus(notice, texts.language)
  const close = () => {
    const focused = notice.contains(document.activeElement)
    ended.abort()
    leaveRoom()
    notice.remove()
    if (focused) giveBack()
  }
  /** A page that draws itself anew may throw out what we put there; a question that comes tells it itself. */
  const follow = () => {
    if (signal.aborted) return
    if (isUntold(kit) && !document.querySelector('.leiz-choice-notice')) place()
    else close()
  }
  for (const moment of MOMENTS) addEventListener(moment, follow, { signal })
  // Once a frame, so that two who disagree go on.
  const observer = new MutationObserver(() => requestAnimationFrame(follow))
  observer.observe(document.documentElement, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
}

/**
 * @param {AnnouncementPartTexts} texts
 * @param {HTMLElement} link
 * @param {() => void} read
 */
function announcementNotice(texts, link, read) {
  return part(
    'section',
    'announcement',
    texts.language,
    { 'aria-labelledby': 'leiz-choice-announced' },
    make(
      'div',
      { class: 'leiz-choice-text', role: 'status' },
      make('p', { id: 'leiz-choice-announced' }, texts.announcement),
      ...(texts.note ? [make('p', {}, texts.note)] : []),
      make('p', {}, link),
    ),
    make('div', { class: 'leiz-choice-acts' }, button(texts.announcement_read, read)),
  )
}
