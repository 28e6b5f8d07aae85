/** With `isolation-2.test.ts`: each file has an engine of its own, so neither finds what the other left. */
import { expect } from 'vitest'
import { getLua, test } from 'vitest-pool-lua/test'

const { globals } = getLua()

test('a global that another file sets is not here', () => {
  expect(globals.touchedBy).toBeUndefined()
  globals.touchedBy = 'isolation-1'
  globals.data.bases['Gold Ring'].armour = 1000
})

test('a global that this file set stays until its end', () => {
  expect(globals.touchedBy).toBe('isolation-1')
})

test('what another file does to the engine is not here', () => {
  expect(globals.data.skills.byName['Ember Bolt'].fire).toEqual([30, 46])
  globals.data.skills.byName['Ember Bolt'].fire[1] = 3000
})
