/** The tables in Node's own test runner: `node --test tests/vectors/pure.test.mjs`. */
import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import * as plain from './plain.js'

const tables = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'))

for (const file of tables) {
  const { shared, cases } = JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf-8'))
  for (const [asked, rows] of Object.entries(cases)) {
    for (const { name, given, gives } of rows) {
      test(`${asked}: ${name}`, () => assert.deepEqual(plain[asked](...given, shared), gives))
    }
  }
}
