/**
 * Whether the browser says no for its visitor: Global Privacy Control, or Do Not Track.
 *
 * @returns {boolean}
 */
export function refusedByBrowser() {
  return Reflect.get(navigator, 'globalPrivacyControl') === true || Reflect.get(navigator, 'doNotTrack') === '1'
}
