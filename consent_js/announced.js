import { thisMinute } from './store.js'
/** @import { Kit } from './types.js' */

/**
 * Whether a new version of the policy is coming that this visitor has not read about. A choice under its number, or a
 * newer one, was made while it was shown. Who chose nothing has nothing kept, so nothing is looked up either.
 *
 * @param {Pick<Kit, 'config' | 'acts'>} kit
 * @returns {boolean}
 */
export function isUntold({ config, acts }) {
  const [number, minute] = config.announced
  try {
    return thisMinute() < minute && acts.every(([under]) => +under < number) && !(acts[0] && localStorage.consent?.includes('read=' + number))
  } catch {
    // What was read cannot be kept here.
    return true
  }
}
