import { cookies } from './store.js'
import { make } from './element.js'
/** @import { Config, Details, DetailTexts } from './types.js' */

/**
 * Remove what services that are not allowed have put on this device, as far as this website can reach it.
 *
 * @param {Details} details
 * @param {(service: string) => boolean} isAllowed
 */
export function erase(details, isAllowed) {
  const kept = details.items.filter(([service]) => isAllowed(service))
  const unwanted = details.items.filter(([service]) => !isAllowed(service))
  /** @param {string} kind @param {string} name */
  const mustGo = (kind, name) => fits(unwanted, kind, name) && !fits(kept, kind, name)

  for (const pair of cookies()) {
    const name = pair.split('=')[0]
    if (mustGo('cookie', name)) eraseCookie(name)
  }
  eraseKeys(() => localStorage, (name) => mustGo('local-storage', name))
  eraseKeys(() => sessionStorage, (name) => mustGo('session-storage', name))
}

/**
 * What to tell a visitor about withdrawn purposes: what we cannot remove from here, each with the place where they can.
 *
 * @param {DetailTexts} texts
 * @param {Config['services']} services
 * @param {string[]} withdrawn
 * @returns {(Node | string)[]}
 */
export function leftElsewhere(texts, services, withdrawn) {
  const left = Object.entries(texts.left).filter(([service]) => services[service].some((id) => withdrawn.includes(id)))
  return left.flatMap(([, [text, link]]) => [' ', link ? make('a', { href: link }, text) : text])
}

/**
 * @param {Details['items']} items
 * @param {string} kind
 * @param {string} name
 */
function fits(items, kind, name) {
  return items.some((item) => item[1] === kind && pattern(item[2]).test(name))
}

/**
 * A name in which `*` stands for the part that differs, as an expression.
 *
 * @param {string} name
 */
function pattern(name) {
  return new RegExp('^' + name.split('*').map((part) => part.replace(/[^\w]/g, '\\$&')).join('.*') + '$', 's')
}

/**
 * Remove a cookie on every domain and path on which this page can see it.
 *
 * @param {string} name
 */
function eraseCookie(name) {
  const labels = location.hostname.split('.')
  const domains = labels.map((_, index) => '; domain=' + labels.slice(index).join('.'))
  const folders = location.pathname.split('/')
  const paths = folders.flatMap((_, index) => {
    const path = folders.slice(0, index + 1).join('/')
    return [path || '/', path + '/']
  })
  const secure = location.protocol === 'https:' ? '; secure' : ''
  for (const domain of ['', ...domains]) {
    for (const path of new Set(paths)) document.cookie = `${name}=; max-age=0; path=${path}${domain}${secure}`
  }
}

/**
 * @param {() => Storage} open Opening a store throws where it is blocked.
 * @param {(name: string) => boolean} mustGo
 */
function eraseKeys(open, mustGo) {
  try {
    const store = open()
    for (const name of Object.keys(store).filter(mustGo)) store.removeItem(name)
  } catch {
    // Nothing can be kept there either.
  }
}
