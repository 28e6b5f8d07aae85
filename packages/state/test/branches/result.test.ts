import { expect, test } from 'vitest'
import { LuaError, LuaMemoryError, LuaStateError, LuaTimeoutError } from '../../src/index.ts'
import type { Ending } from '../../src/branches/branch.ts'
import { dataOf } from '../../src/branches/error-data.ts'
import { pack } from '../../src/branches/parcel.ts'
import { resultOf } from '../../src/branches/result.ts'

const callerLines = () => ['    at caller (/c.ts:1:2)']
const asked = { index: 2, deadline: 200, maxMemory: 1_000_000, callerLines }

function reasonOf(ending: Ending): Error {
  const result = resultOf(ending, asked)
  if (result.status === 'rejected') return result.reason
  throw new Error('fulfilled')
}

const rejected = (error: Error): Ending => ({
  kind: 'answered',
  outcome: { kind: 'rejected', error: dataOf(error) },
})

test('a value is what the worker packed', () => {
  const value = pack([1, 'a'], () => undefined)
  const ending: Ending = { kind: 'answered', outcome: { kind: 'fulfilled', value } }
  expect(resultOf(ending, asked)).toEqual({ status: 'fulfilled', value: [1, 'a'] })
})

test('a state that ended itself at the deadline is told in the words of branches', () => {
  const error = new LuaTimeoutError('took longer than callTimeout', { limit: 200, chunk: 'a.lua', line: 3 })
  const reason = reasonOf(rejected(error)) as LuaTimeoutError
  expect(reason).toBeInstanceOf(LuaTimeoutError)
  expect(reason.message).toBe('Branch 2 took longer than its deadline of 200 ms. It was ended at a.lua:3.')
  expect(reason).toMatchObject({ value: reason.message, limit: 200, chunk: 'a.lua', line: 3 })
})

test("a call's own limit keeps its words, and so does any other error", () => {
  expect(reasonOf(rejected(new LuaTimeoutError('m', { limit: 50 }))).message).toBe('m')
  expect(reasonOf(rejected(new LuaError('why')))).toMatchObject({ name: 'LuaError', message: 'why' })
})

test.each<[Ending, abstract new (...args: never[]) => Error, RegExp]>([
  [
    { kind: 'late' },
    LuaTimeoutError,
    /^Branch 2 took longer than its deadline of 200 ms\. Its process was ended/,
  ],
  [
    { kind: 'full', grown: 3 * 2 ** 20 },
    LuaMemoryError,
    /^not enough memory: branch 2 had grown by 3 MiB, .*1000000 bytes/,
  ],
  [
    { kind: 'died', exit: { code: 3, signal: null } },
    LuaStateError,
    /branch 2 ended by itself with exit code 3/,
  ],
  [
    { kind: 'died', exit: { code: null, signal: 'SIGBUS' } },
    LuaStateError,
    /by SIGBUS before .* crash of native code/,
  ],
  [{ kind: 'died', exit: { code: null, signal: 'SIGABRT' } }, LuaStateError, /JavaScript ran out of memory/],
  [
    { kind: 'failed', cause: new Error('spawn EAGAIN') },
    LuaStateError,
    /could not be started: Error: spawn EAGAIN/,
  ],
  [{ kind: 'unstarted', limit: 60_000 }, LuaStateError, /did not come to run Lua within 60000 ms/],
])('%o is told in words, with the caller', (ending, Class, words) => {
  const reason = reasonOf(ending)
  expect(reason).toBeInstanceOf(Class)
  expect(reason.message).toMatch(words)
  expect(reason.stack).toBe(`${reason.name}: ${reason.message}\n${callerLines().join('\n')}`)
})
