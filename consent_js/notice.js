import { button, make } from './element.js'
/** @import { Method, Texts } from './types.js' */

/**
 * Show the first layer, before the page's own content, without taking the focus.
 *
 * @param {Texts} texts
 * @param {string} list The address of the full list.
 * @param {(method: Method) => void} choose
 * @param {() => void} open Opens the second layer.
 * @returns {HTMLElement}
 */
export function showNotice(texts, list, choose, open) {
  const notice = make(
    'section',
    { class: 'leiz-choice leiz-choice-notice', 'aria-labelledby': 'leiz-choice-title' },
    make(
      'div',
      { class: 'leiz-choice-text', tabindex: '0' },
      make('h2', { id: 'leiz-choice-title' }, texts.title),
      ...texts.intro.map((sentence) => make('p', {}, sentence)),
      make('ul', {}, ...texts.purposes.map(([name, sentence]) => make('li', {}, make('b', {}, name), ' ', sentence))),
      make('p', {}, texts.change_later, ' ', make('a', { href: list }, texts.more)),
    ),
    make(
      'div',
      { class: 'leiz-choice-acts' },
      button(texts.allow_all, () => choose('all')),
      button(texts.refuse_all, () => choose('none')),
      button(texts.choose, open),
    ),
  )
  document.body.prepend(notice)
  return notice
}
