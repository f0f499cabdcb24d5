/**
 * Whether the browser says no for its visitor: Global Privacy Control, or Do Not Track.
 *
 * @returns {boolean}
 */
export function refusedByBrowser() {
  const { globalPrivacyControl, doNotTrack } = /** @type {any} */ (navigator)
  return globalPrivacyControl || doNotTrack === '1'
}
