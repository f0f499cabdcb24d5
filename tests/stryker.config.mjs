/** Mutation testing of the pure modules, by hand: CONTRIBUTING.md names the commands. */
export default {
  mutate: ['code', 'record', 'act', 'decision', 'receipt'].map((name) => `consent_js/${name}.js`),
  testRunner: 'command',
  commandRunner: { command: 'node --test tests/vectors/pure.test.mjs' },
  // All that the tests need is copied for each run, and nothing else.
  ignorePatterns: ['**', '!consent_js/*.js', '!tests/vectors/*'],
  concurrency: 1,
  allowConsoleColors: false,
  reporters: ['clear-text'],
  thresholds: { high: 95, low: 90, break: 90 },
}
