import { formatRecord, withAct } from './act.js'
import { codeOf } from './code.js'
import { adopt, make } from './element.js'
import { erase } from './eraser.js'
import { isGuarded, wasRefused } from './guarded.js'
import { rememberAct } from './history.js'
import { keepRecord } from './keep.js'
import { reload } from './reload.js'
import { refusedByBrowser } from './signals.js'
import { tell } from './status.js'
import { codesIn, minuteOf } from './record.js'
import { actsIn, cookies, thisMinute } from './store.js'
import { reloadWhereStopped, takeActs } from './take.js'
/** @import { Act, AfterTexts, Kit } from './types.js' */

/** Minutes in which a choice is still fresh: a page loaded anew for it tells what it did. */
const FRESH = 2

/** Minutes in which an answer to a question from before a choice may still come. */
const LATE = 10

/** The act that could not be put back, as the cookies cannot be changed: two pages would ask each other without end. */
let stuck = ''

/**
 * What follows a choice: say that it is kept, remember it for the visitor, tell vendors, remove what was withdrawn, and
 * say what could not be removed. On another page the same without a word, unless that page was loaded anew for it.
 *
 * @param {Kit} kit
 * @param {AfterTexts} texts
 * @param {'here' | 'elsewhere'} [where] A choice was made on this page, or perhaps on another one; nothing where
 *   something was withdrawn a short while ago.
 * @returns {Promise<true>}
 */
export async function use(kit, texts, where) {
  putBack(texts)
  if (where === 'elsewhere') {
    const acts = keptActs()
    kit.seen = cookies().join()
    if (!acts.length || formatRecord(acts) === formatRecord(kit.acts.reduce(withAct, []))) return true
    takeActs(kit, texts, acts)
  }
  const act = kit.acts[kit.acts.length - 1]
  const [, , , , granted, , withdrawn] = act
  const fresh = thisMinute() - minuteOf(act) < FRESH
  const here = where === 'here'
  adopt(kit, texts)
  if (here) tell(texts.language, texts.saved)
  if (here) addEventListener('pagehide', () => putBack(texts))
  if (fresh) rememberAct(act, refusedByBrowser())
  if (kit.config.signals && Reflect.has(window, 'dataLayer')) await kit.withPart('signals')
  if (fresh) revoke(codesIn(withdrawn), texts)
  /** @param {string} id */
  const isRefused = (id) => !kit.isAllowed(id) && !kit.left().includes(codeOf(id))
  const stays = await erase(texts.items, isRefused)
  const told = [...notErased(stays, texts), ...(fresh ? leftElsewhere(codesIn(withdrawn), texts) : [])]
  if (here ? told.length : fresh && withdrawn && isReload()) tell(texts.language, texts.saved, ...told)
  // A guard lets nothing more or less through until the page is loaded anew.
  /** @param {string} list */
  const hostsOf = (list) => codesIn(list).flatMap((code) => texts.hosts[code] ?? [])
  if ((where || isBehind(kit, act)) && isGuarded() && (hostsOf(withdrawn).length || (await wasRefused(hostsOf(granted))))) reload()
  reloadWhereStopped(kit)
  return true
}

/** The acts that stand, each once. */
function keptActs() {
  return actsIn(cookies()).reduce(withAct, /** @type {Act[]} */ ([]))
}

/**
 * Keep the record again where an answer of the server brought an older one back: the answer to a page that was asked
 * for before the choice, and came after it (decisions/0016).
 *
 * @param {AfterTexts} texts
 */
function putBack({ domain }) {
  const acts = keptActs()
  const newest = acts[acts.length - 1]
  if (!newest || thisMinute() - minuteOf(newest) >= LATE || isIn(cookies(), newest) || stuck === newest.join()) return
  keepRecord(acts, domain)
  stuck = isIn(cookies(), newest) ? '' : newest.join()
}

/**
 * Whether this page came with a record from before an act that is kept now.
 *
 * @param {Kit} kit
 * @param {Act} act
 */
function isBehind({ seen }, act) {
  return !isIn([seen], act) && isIn(cookies(), act)
}

/**
 * @param {string[]} lines
 * @param {Act} act
 */
function isIn(lines, act) {
  return lines.join().includes(act.join('.'))
}

function isReload() {
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'))
  return page?.type === 'reload'
}

/**
 * Tell the scripts of vendors that still run here; one that fails keeps nobody else from it.
 *
 * @param {string[]} withdrawn
 * @param {AfterTexts} texts
 */
function revoke(withdrawn, { calls }) {
  for (const [path, ...values] of withdrawn.flatMap((code) => calls[code] ?? [])) {
    try {
      const names = String(path).split('.')
      const owner = names.slice(0, -1).reduce((object, name) => Reflect.get(object, name), /** @type {object} */ (window))
      Reflect.apply(Reflect.get(owner, names[names.length - 1]), owner, values)
    } catch {
      // That script is not here, or is broken: it is stopped all the same.
    }
  }
}

/**
 * @param {string[]} names
 * @param {AfterTexts} texts
 */
function notErased(names, { not_erased }) {
  return names.length ? [' ', not_erased.replaceAll('{items}', names.join(', '))] : []
}

/**
 * What we cannot remove from here, each with the place where the visitor can.
 *
 * @param {string[]} withdrawn
 * @param {AfterTexts} texts
 */
function leftElsewhere(withdrawn, { left }) {
  return withdrawn.flatMap((code) => {
    const [text, link] = left[code] ?? []
    return text ? [' ', link ? make('a', { href: link }, text) : text] : []
  })
}
