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

/**
 * Whether the page was refused anything of these hosts; a browser that does not remember that is taken to say yes.
 *
 * @param {string[]} hosts `*.` stands for any sub-domain.
 * @returns {Promise<boolean>}
 */
export async function wasRefused(hosts) {
  const { ReportingObserver: Observer } = /** @type {any} */ (window)
  if (!Observer) return hosts.length > 0
  /** @type {string[]} */
  const refused = []
  const observer = new Observer(
    (/** @type {{ body: { blockedURL: string } }[]} */ reports) => refused.push(...reports.map(({ body }) => body.blockedURL)),
    { types: ['csp-violation'], buffered: true },
  )
  observer.observe()
  await new Promise((resolve) => setTimeout(resolve))
  observer.disconnect()
  return refused.some((address) => hosts.some((host) => isOf(address, host)))
}

/**
 * @param {string} address
 * @param {string} host
 */
function isOf(address, host) {
  const { hostname } = URL.canParse(address) ? new URL(address) : { hostname: '' }
  return host[0] === '*' ? hostname.endsWith(host.slice(1)) : hostname === host
}
