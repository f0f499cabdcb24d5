import { cookies } from './store.js'
/** @import { Removable } from './types.js' */

/**
 * Remove what must go from this device, as far as this website can reach it, and look whether it went.
 *
 * @param {Removable[]} items Service, kind and name of all that can be removed from here.
 * @param {(service: string) => boolean} mustGo
 * @returns {Promise<string[]>} The names of what is still there.
 */
export async function erase(items, mustGo) {
  const kept = items.filter(([service]) => !mustGo(service))
  const unwanted = items.filter(([service]) => mustGo(service))
  /** @param {string} kind */
  const matches = (kind) => (/** @type {string} */ name) => fits(unwanted, kind, name) && !fits(kept, kind, name)
  const exact = unwanted.filter(([, kind, name]) => !name.includes('*') && matches(kind)(name))
  /** @param {string} kind */
  const named = (kind) => exact.filter((item) => item[1] === kind).map(([, , name]) => name)
  const left = [
    eraseCookies(matches('cookie'), named('cookie')),
    eraseKeys(() => localStorage, matches('local')),
    eraseKeys(() => sessionStorage, matches('session')),
    await eraseDatabases(matches('database'), named('database')),
    await eraseCaches(matches('cache')),
  ]
  return [...new Set(left.flat())]
}

/**
 * @param {Removable[]} items
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
 * Remove cookies on every domain of this page, and on every path of it and of the pages it links to.
 *
 * @param {(name: string) => boolean} mustGo
 * @param {string[]} unseen Names that may lie on a path that this page cannot see.
 */
function eraseCookies(mustGo, unseen) {
  const seen = () => cookies().map((pair) => pair.split('=')[0]).filter(mustGo)
  const labels = location.hostname.split('.')
  const domains = ['', ...labels.map((_, index) => '; domain=' + labels.slice(index).join('.'))]
  const secure = location.protocol === 'https:' ? '; secure' : ''
  const here = pathsOf(location.pathname)
  const linked = [...document.links].filter(({ origin }) => origin === location.origin).slice(0, 100).flatMap(({ pathname }) => pathsOf(pathname))
  /** @param {string} name @param {string[]} paths */
  const eraseCookie = (name, paths) => {
    for (const domain of domains) for (const path of new Set(paths)) document.cookie = `${name}=; max-age=0; path=${path}${domain}${secure}`
  }
  try {
    for (const name of new Set([...seen(), ...unseen])) eraseCookie(name, [...here, ...linked])
  } catch {
    // Cookies are blocked here.
  }
  return seen()
}

/** @param {string} path */
function pathsOf(path) {
  return path.split('/').flatMap((_, index, folders) => {
    const folder = folders.slice(0, index + 1).join('/')
    return [folder || '/', folder + '/']
  })
}

/**
 * @param {() => Storage} open Opening a store throws where it is blocked.
 * @param {(name: string) => boolean} mustGo
 */
function eraseKeys(open, mustGo) {
  try {
    const store = open()
    for (const name of Object.keys(store).filter(mustGo)) store.removeItem(name)
    return Object.keys(store).filter(mustGo)
  } catch {
    return []
  }
}

/**
 * @param {(name: string) => boolean} mustGo
 * @param {string[]} names Those to remove where the browser does not list what is there.
 */
async function eraseDatabases(mustGo, names) {
  try {
    const there = async () => (await indexedDB.databases?.())?.map(({ name }) => name ?? '').filter(mustGo)
    await Promise.all(((await there()) ?? names).map(deleteDatabase))
    return (await there()) ?? []
  } catch {
    return []
  }
}

/**
 * Ask to remove a database; one that a page still has open stays until that page goes.
 *
 * @param {string} name
 * @returns {Promise<void>}
 */
function deleteDatabase(name) {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name)
    for (const end of ['success', 'error', 'blocked']) request.addEventListener(end, () => resolve())
  })
}

/** @param {(name: string) => boolean} mustGo */
async function eraseCaches(mustGo) {
  try {
    const there = async () => (await caches.keys()).filter(mustGo)
    await Promise.all((await there()).map((name) => caches.delete(name)))
    return await there()
  } catch {
    return []
  }
}
