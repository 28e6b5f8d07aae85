/** With `isolation-1.test.ts`: each file has an engine of its own, so neither finds what the other left. */
import { expect } from 'vitest'
import { getLua, test } from 'vitest-pool-lua/test'

const { globals } = getLua()

test('what another file left in the engine is not here', () => {
  expect(globals.touchedBy).toBeUndefined()
  expect(globals.data.bases['Gold Ring'].armour).toBeUndefined()
  globals.touchedBy = 'isolation-2'
  globals.data.bases['Gold Ring'].armour = 1000
})

test('what this file left in the engine stays until its end', () => {
  expect(globals.touchedBy).toBe('isolation-2')
  expect(globals.data.bases['Gold Ring'].armour).toBe(1000)
})
