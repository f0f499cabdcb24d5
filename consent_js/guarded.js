/**
 * Whether this page came under a guard: its server says so in a Server-Timing header, or guard.js left its mark.
 *
 * @returns {boolean}
 */
export function isGuarded() {
  const [page] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'))
  const byServer = page?.serverTiming?.some(({ name }) => name === 'guard')
  return byServer || Reflect.has(document, Symbol.for('leiz-choice-guard'))
}
