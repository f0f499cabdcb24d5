import { choose } from './choose.js'
import { make } from './element.js'
import { showQuestion } from './question.js'
/** @import { ChangesTexts, Kit, Shown } from './types.js' */

/**
 * Ask for what is new only, unless the visitor has answered by now; every other choice stands.
 *
 * @param {Kit} kit
 * @param {ChangesTexts} texts
 * @returns {Shown | undefined}
 */
export function use(kit, texts) {
  const asked = kit.left()
  if (!asked.length) return
  const answers = kit.answers()
  const news = asked.map((code) => {
    const told = texts.news[code]
    const answer = answers.get(code)
    const since = answer ? told.filter(([number]) => number > answer.number) : told.slice(-1)
    return make('p', {}, since.map(([, sentence]) => sentence).join(' '))
  })
  const needed = asked.flatMap((code) => kit.terms.services.get(code) ?? []).map(([code]) => code)
  return showQuestion(kit, texts, news, [
    [texts.allow_new, () => choose(kit, texts, 'some', [...new Set(needed)], [])],
    [texts.refuse_new, () => choose(kit, texts, 'some', [], asked)],
    [texts.choose, () => kit.open('')],
  ])
}
