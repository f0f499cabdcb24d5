import { choose, everyCode } from './choose.js'
import { make } from './element.js'
import { showQuestion } from './question.js'
/** @import { FirstLayerTexts, Kit, Shown } from './types.js' */

/**
 * Show the first layer, unless the visitor has answered by now.
 *
 * @param {Kit} kit
 * @param {FirstLayerTexts} texts
 * @returns {Shown | undefined}
 */
export function use(kit, texts) {
  if (!kit.left().length) return
  const every = everyCode(kit)
  const purposes = texts.purposes.flatMap(([name, sentence]) => [make('dt', {}, name), make('dd', {}, sentence)])
  return showQuestion(kit, texts, [make('dl', {}, ...purposes)], [
    [texts.allow_all, () => choose(kit, texts, 'all', every, [])],
    [texts.refuse_all, () => choose(kit, texts, 'none', [], every)],
    [texts.choose, () => kit.open('')],
  ])
}
