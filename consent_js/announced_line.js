import { isUntold } from './announced.js'
import { make } from './element.js'
/** @import { AnnouncementTexts, Kit } from './types.js' */

/**
 * The announcement of a new version as one line in a question; nothing where it is in force or was read. Whoever then
 * chooses has been told of it, so that following the link need not be kept.
 *
 * @param {Kit} kit
 * @param {AnnouncementTexts} texts
 * @returns {Node[]}
 */
export function announcementLine(kit, texts) {
  return isUntold(kit) ? [make('p', {}, texts.announcement, ' ', announcementLink(kit, texts))] : []
}

/**
 * @param {Kit} kit
 * @param {AnnouncementTexts} texts
 */
export function announcementLink({ list }, texts) {
  return make('a', { href: new URL(texts.announced_at, list).href }, texts.announcement_link)
}
