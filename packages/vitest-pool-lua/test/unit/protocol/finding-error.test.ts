import { expect, test } from 'vitest'
import { findingErrors } from '../../../src/protocol/finding-error.ts'
import { engineLeftOpen, registryGrew } from '../samples.ts'

test('only findings of severity error fail a file', () => {
  const findings = [
    { ...engineLeftOpen(), severity: 'warn' as const },
    { ...registryGrew(), severity: 'error' as const },
  ]
  expect(findingErrors(findings).map(({ message }) => message.split(':')[0])).toEqual(['registry-grew'])
})

test('the error names kind and test, and its stack the place, so that its code is shown', () => {
  const text = 'the database was left open and was disposed when the file ended'
  const message = `engine-left-open: ${text} (test: orders > are stored)`
  expect(findingErrors([{ ...engineLeftOpen(), severity: 'error' }])).toEqual([
    {
      name: 'LuaFinding',
      message,
      stack: `LuaFinding: ${message}\n    at test/orders.test.ts:12:3`,
    },
  ])
})

test('what is not known of a finding is not told', () => {
  const [error] = findingErrors([{ ...registryGrew({ test: null, text: 'it grew' }), severity: 'error' }])
  expect(error).toMatchObject({
    message: 'registry-grew: it grew',
    stack: 'LuaFinding: registry-grew: it grew',
  })
})

test('its stack has the line of a helper and who called it', () => {
  const calledFrom = { file: 'test/orders.test.ts', line: 7, column: 9 }
  const at = { file: 'test/helper.ts', line: 3, column: 5, calledFrom }
  const [error] = findingErrors([{ ...engineLeftOpen(), severity: 'error', at }])
  expect(error?.stack?.split('\n').slice(1)).toEqual([
    '    at test/helper.ts:3:5',
    '    at test/orders.test.ts:7:9',
  ])
})
