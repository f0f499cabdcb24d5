import { button, make } from './element.js'
import { rememberedActs } from './history.js'
import { codesIn, minuteOf } from './record.js'
import { nameOf, receiptOf, textAddress } from './receipt.js'
/** @import { Act, ActsTexts, Kit } from './types.js' */

/**
 * Show what the visitor chose before, newest first, with two ways to keep it.
 *
 * @param {Kit} kit
 * @param {ActsTexts} texts
 * @param {HTMLElement} place
 */
export function use({ list }, texts, place) {
  const local = { ...texts, evidence: new URL(texts.evidence, list).href }
  const remembered = rememberedActs()
  const rows = remembered.map(({ act, signal }) => actRow(act, signal, local)).reverse()
  place.append(make('p', {}, remembered.length ? texts.acts_note : texts.acts_none), ...(rows.length ? [make('ul', {}, ...rows)] : []))
  if (!remembered.length) return
  const receipt = () => JSON.stringify(receiptOf(remembered, local, new Date().toISOString().slice(0, 10)), null, 2)
  const page = () => pageOf(texts, make('ul', {}, ...rows.map((row) => row.cloneNode(true))))
  place.append(
    make(
      'div',
      { class: 'leiz-choice-acts' },
      button(texts.save_page, () => download(page(), 'html')),
      button(texts.save_json, () => download(receipt(), 'json')),
    ),
  )
}

/**
 * @param {Act} act
 * @param {boolean} signal
 * @param {ActsTexts} texts
 */
function actRow(act, signal, texts) {
  const { act_all, act_none, act_some, act_signal, act_granted, act_refused, act_withdrawn, act_shown } = texts
  const [, , method, , granted, refused, withdrawn] = act
  const moment = new Date(minuteOf(act) * 60000)
  const when = moment.toLocaleString(texts.language, { dateStyle: 'long', timeStyle: 'short' })
  const how = { all: act_all, none: act_none, some: act_some, one: act_some }[method]
  const said = /** @type {[string, string][]} */ ([[act_granted, granted], [act_refused, refused], [act_withdrawn, withdrawn]])
  return make(
    'li',
    {},
    make('time', { datetime: moment.toISOString().slice(0, 16) + 'Z' }, when),
    `: ${how}. ${signal ? act_signal : ''}`,
    ...said.filter(([, list]) => list).map(([word, list]) => make('p', {}, `${word}: ${codesIn(list).map((code) => nameOf(code, texts)).join(', ')}.`)),
    make('p', {}, make('a', { href: textAddress(act, texts) }, act_shown)),
  )
}

/**
 * The list as a page of its own, that can be read and printed without this website.
 *
 * @param {ActsTexts} texts
 * @param {HTMLElement} list
 */
function pageOf(texts, list) {
  const title = `${texts.acts}: ${texts.website}`
  const page = document.implementation.createHTMLDocument(title)
  page.documentElement.lang = texts.language
  page.head.prepend(make('meta', { charset: 'utf-8' }))
  page.body.append(make('h1', {}, title), make('p', {}, texts.acts_note), list)
  return '<!doctype html>\n' + new XMLSerializer().serializeToString(page.documentElement)
}

/**
 * @param {string} text
 * @param {string} kind
 */
function download(text, kind) {
  const type = kind === 'html' ? 'text/html' : 'application/json'
  const address = URL.createObjectURL(new Blob([text], { type }))
  make('a', { href: address, download: 'cookiekeuze.' + kind }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10000)
}
