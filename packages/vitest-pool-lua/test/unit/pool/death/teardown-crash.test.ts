import { expect, test } from 'vitest'
import { teardownCrash } from '../../../../src/pool/death/teardown-crash.ts'
import { death } from '../../samples.ts'

const at = { file: 'test/orders.test.ts', line: 3, column: 1 }

test('a death after the last hook is a finding with its signal, its code and its words', () => {
  const words = 'was ended by SIGSEGV (a segmentation fault)'
  const text = "its worker was ended by SIGSEGV (a segmentation fault), after the file's last hook"
  expect(teardownCrash(death({ verdict: 'died-after-file', test: null, words, at }))).toEqual([
    { kind: 'teardown-crash', signal: 'SIGSEGV', code: null, test: null, at, text },
  ])
})

test.each(['died-in-test', 'died-in-hook', 'died-while-collecting', 'blocked', 'over-memory'] as const)(
  '%s is none: something fails by it',
  verdict => {
    expect(teardownCrash(death({ verdict }))).toEqual([])
  },
)
