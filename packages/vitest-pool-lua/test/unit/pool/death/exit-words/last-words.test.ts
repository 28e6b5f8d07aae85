import { expect, test } from 'vitest'
import { lastWords } from '../../../../../src/pool/death/exit-words/last-words.ts'

test.each([
  [
    'FATAL ERROR: Ineffective mark-compacts near heap limit Allocation failed - JavaScript heap out of memory',
    "V8's heap limit: JavaScript ran out of memory",
  ],
  [
    'FATAL ERROR: NewSpace::EnsureCurrentCapacity Allocation failed - JavaScript heap out of memory',
    "V8's heap limit: JavaScript ran out of memory",
  ],
  [
    'FATAL ERROR: Zone Allocation failed - process out of memory',
    'V8 could get no more memory: "FATAL ERROR: Zone Allocation failed - process out of memory"',
  ],
  [
    '# Fatal process out of memory: Failed to reserve virtual memory for CodeRange',
    'V8 could get no more memory: "Fatal process out of memory: Failed to reserve virtual memory for CodeRange"',
  ],
  [
    'FATAL ERROR: v8::ToLocalChecked Empty MaybeLocal',
    'Node.js or V8 gave up: "FATAL ERROR: v8::ToLocalChecked Empty MaybeLocal"',
  ],
  ['# Check failed: stack_overflow().', 'a check of V8 failed: "# Check failed: stack_overflow()."'],
  [
    'PANIC: unprotected error in call to Lua API (attempt to index a nil value)',
    'an error of Lua outside of every protected call: "PANIC: unprotected error in call to Lua API (attempt to index a nil value)"',
  ],
  [
    "terminate called after throwing an instance of 'std::runtime_error'",
    `an exception of C++ that nothing caught: "terminate called after throwing an instance of 'std::runtime_error'"`,
  ],
  ['free(): invalid pointer', 'its heap of native memory was corrupt: "free(): invalid pointer"'],
  [
    'double free or corruption (fasttop)',
    'its heap of native memory was corrupt: "double free or corruption (fasttop)"',
  ],
  [
    "node: lj_gc.c:40: gc_mark: Assertion `o != NULL' failed.",
    'an assertion of native code failed: "Assertion `o != NULL\' failed."',
  ],
])('%s is told in words', (line, words) => {
  expect(lastWords(`before\n${line}\n----- Native stack trace -----\n 1: 0xb8d0a3 node\n`)).toBe(words)
})

test('the last line that says something counts', () => {
  const tail = 'free(): invalid pointer\nFATAL ERROR: x Allocation failed - JavaScript heap out of memory\n'
  expect(lastWords(tail)).toBe("V8's heap limit: JavaScript ran out of memory")
})

test.each(['', 'all is well\n', 'expected free(): to be called\n'])('%j says nothing of an end', tail => {
  expect(lastWords(tail)).toBeUndefined()
})

test('a long line is shortened', () => {
  const words = lastWords(`FATAL ERROR: ${'x'.repeat(1_000)}`)
  expect(words).toMatch(/^Node\.js or V8 gave up: "FATAL ERROR: x{144}\.\.\."$/)
})
