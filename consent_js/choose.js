import { formatRecord, withAct } from './act.js'
import { answersOf, stillCount, TERM } from './decision.js'
import { actsIn, cookies, thisMinute } from './store.js'
import { reloadWhereStopped, takeActs } from './take.js'
/** @import { Act, AskedTexts, Kit, Method } from './types.js' */

/**
 * Take in what the visitor chose, and keep it; other pages hear of it when it is remembered (history.js).
 *
 * @param {Kit} kit
 * @param {AskedTexts} texts What was shown.
 * @param {Method} method
 * @param {string[]} yes The codes of what is granted.
 * @param {string[]} no The codes of what is refused.
 */
export async function choose(kit, texts, method, yes, no) {
  const minute = thisMinute()
  const acts = actsNow(kit, minute)
  const before = answersOf(acts, minute)
  /** @param {boolean} granted */
  const refused = (granted) => no.filter((code) => Boolean(before.get(code)?.yes) === granted).join('')
  const now = withAct(acts, [String(kit.terms.number), minute.toString(36), method, texts.digest, yes.join(''), refused(false), refused(true)])
  keepRecord(now, texts.domain)
  kit.turn++
  takeActs(kit, texts, now)
  if (!(await kit.withPart('after', 'here'))) reloadWhereStopped(kit)
}

/**
 * The acts that count, as another page may have kept them since; where nothing can be kept, those that this page knows.
 *
 * @param {Kit} kit
 * @param {number} minute
 * @returns {Act[]}
 */
function actsNow(kit, minute) {
  const kept = actsIn(cookies())
  return stillCount(kept.length ? kept : kit.acts, minute).reduce(withAct, /** @type {Act[]} */ ([]))
}

/**
 * The codes that an answer for all is about: the services that need consent, and their purposes.
 *
 * @param {Kit} kit
 * @returns {string[]}
 */
export function everyCode({ terms }) {
  return [...new Set([...terms.services.values()].flatMap((needs) => needs.map(([code]) => code)))]
}

/**
 * Keep the record on this device, for as long as its newest act counts; where that is refused, the choice holds for
 * this page only. A domain's record takes the place of the website's own.
 *
 * @param {Act[]} acts
 * @param {string} domain The domain whose sub-domains share one choice, or nothing.
 */
function keepRecord(acts, domain) {
  const shared = domain && location.hostname.endsWith(domain) ? '; domain=' + domain : ''
  const rest = '; path=/; samesite=lax' + (location.protocol === 'https:' ? '; secure' : '')
  try {
    if (shared) document.cookie = 'consent=; max-age=0' + rest
    document.cookie = formatRecord(acts) + '; max-age=' + TERM * 60 + rest + shared
  } catch {
    // Cookies are blocked here.
  }
}
