import { formatRecord } from './act.js'
import { TERM } from './decision.js'
/** @import { Act } from './types.js' */

/**
 * Keep the record on this device, for as long as its newest act counts; where that is refused, the choice holds for
 * this page only. A domain's record takes the place of the website's own.
 * It goes into the list of earlier choices at once, as what was kept last: see `actsIn`. Not so a domain's, as its
 * other websites do not have this list; the list passes over a line with anything behind it.
 *
 * @param {Act[]} acts
 * @param {string} domain The domain whose sub-domains share one choice, or nothing.
 */
export function keepRecord(acts, domain) {
  const line = formatRecord(acts)
  const shared = domain && location.hostname.endsWith(domain) ? '; domain=' + domain : ''
  const rest = '; path=/; samesite=lax' + (location.protocol === 'https:' ? '; secure' : '')
  try {
    if (shared) document.cookie = 'consent=; max-age=0' + rest
    document.cookie = line + '; max-age=' + TERM * 60 + rest + shared
    localStorage.consent = [localStorage.consent] + '\n' + line + shared
  } catch {
    // Cookies are blocked here.
  }
}
