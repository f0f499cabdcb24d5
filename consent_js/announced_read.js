/** @import { Kit } from './types.js' */

const KEPT = 'consent'
const READ = 'read='

/**
 * Remember that the announcement was read, beside the earlier choices, whose list passes over it (history.js). Who
 * chose nothing yet has nothing kept.
 *
 * @param {Pick<Kit, 'config' | 'acts'>} kit
 */
export function keepRead({ config, acts }) {
  if (!acts.length) return
  try {
    const lines = (localStorage.getItem(KEPT) ?? '').split('\n').filter((line) => line && !line.startsWith(READ))
    localStorage.setItem(KEPT, [...lines, READ + config.announced[0]].join('\n'))
  } catch {
    // Nothing can be kept here: the announcement comes again on the next page.
  }
}
