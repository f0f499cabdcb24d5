import { withAct } from './act.js'
import { stillCount } from './decision.js'
import { isGuarded } from './guarded.js'
import { filled, wordsOfCode } from './reasons.js'
import { codesIn, minuteOf, parseRecord } from './record.js'
import { refusedByBrowser } from './signals.js'
import { cookies, thisMinute } from './store.js'
/** @import { Act, DiagnosisTexts, Kit, Method, Refusal } from './types.js' */

/**
 * What besides the marks decides what runs on this page, as sentences.
 *
 * @param {Kit} kit
 * @param {DiagnosisTexts} texts
 * @param {Refusal[]} refusals What the CSP of the page refused.
 * @returns {string[]}
 */
export function circumstances(kit, texts, refusals) {
  const { lang } = document.documentElement
  const { consent } = /** @type {any} */ (window)
  return [
    filled(texts.module, { pin: kit.config.pin, number: kit.terms.number, language: kit.language }),
    ...(lang.startsWith(kit.language) ? [] : [filled(texts.language_unknown, { lang, languages: kit.config.languages.join(', ') })]),
    ...(consent?.allows === kit.isAllowed ? [] : [texts.taken]),
    ...(refusedByBrowser() ? [texts.signal] : []),
    document.querySelector('[data-consent-settings]:not(.leiz-choice)') ? texts.settings_own : texts.settings_added,
    ...record(kit, texts),
    guardOf(kit, texts),
    ...refusals.map(({ directive, address }) => filled(texts.refusal, { directive, address })),
    ...('ReportingObserver' in window ? [] : [texts.refusals_unknown]),
  ]
}

/** @param {Kit} kit @param {DiagnosisTexts} texts @returns {string[]} */
function record(kit, texts) {
  const kept = cookies().filter((line) => line.startsWith('consent='))
  const foreign = kept.some((line) => !parseRecord(line).length)
  return [
    ...kit.acts.reduce(withAct, /** @type {Act[]} */ ([])).map((act) => actWords(act, texts)),
    ...(kit.acts.length ? [] : [texts.record_none]),
    ...(foreign ? [texts.record_foreign] : []),
    ...(kept.length > 1 ? [texts.record_two] : []),
  ]
}

/**
 * @param {Act} act
 * @param {DiagnosisTexts} texts
 */
function actWords(act, texts) {
  const [number, , method, , granted, refused, withdrawn] = act
  const when = new Date(minuteOf(act) * 60000).toLocaleString(texts.language, { dateStyle: 'medium', timeStyle: 'short' })
  const said = /** @type {[string, string][]} */ ([[texts.act_granted, granted], [texts.act_refused, refused], [texts.act_withdrawn, withdrawn]])
  return [
    filled(texts.act, { when, number, method: texts.methods[/** @type {Method} */ (method)] }),
    ...said.filter(([, list]) => list).map(([word, list]) => `${word}: ${codesIn(list).map((code) => wordsOfCode(code, texts)).join(', ')}.`),
    ...(stillCount([act], thisMinute()).length ? [] : [texts.act_expired]),
  ].join(' ')
}

/** @param {Kit} kit @param {DiagnosisTexts} texts */
function guardOf(kit, texts) {
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'))
  const number = page?.serverTiming?.find(({ name }) => name === 'guard')?.description
  if (number === undefined) return isGuarded() ? texts.guard_script : texts.guard_none
  return filled(number === String(kit.terms.number) ? texts.guard : texts.guard_other, { number })
}
