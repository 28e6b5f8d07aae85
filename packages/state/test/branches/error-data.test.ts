import { expect, test } from 'vitest'
import {
  LuaError,
  LuaMemoryError,
  LuaStateError,
  LuaStateRangeError,
  LuaSyntaxError,
  LuaTimeoutError,
} from '../../src/index.ts'
import { dataOf, errorOf } from '../../src/branches/error-data.ts'

const details = {
  value: { code: 1, list: [2n] },
  traceback: 'stack traceback:\n\t[C]: in ?',
  chunk: '/a.lua',
  line: 3,
}
/** As it travels: through a structured clone. */
const roundTrip = (error: unknown) => errorOf(structuredClone(dataOf(error)), ['    at caller (/c.ts:1:2)'])

test.each([
  new LuaError('m', details),
  new LuaSyntaxError('m', details),
  new LuaMemoryError('m', details),
  new LuaTimeoutError('m', { ...details, limit: 5 }),
])('$name keeps its class and what it knows', error => {
  const copy = roundTrip(error) as LuaError
  expect(copy.constructor).toBe(error.constructor)
  expect(copy).toMatchObject({ ...details, name: error.name, message: 'm' })
  expect(Reflect.get(copy, 'limit')).toBe(Reflect.get(error, 'limit'))
})

test('errors of wrong use keep class and code, and show the caller only', () => {
  for (const Class of [LuaStateError, LuaStateRangeError]) {
    const copy = roundTrip(new Class('LUA_STATE_X', 'what to do'))
    expect(copy).toBeInstanceOf(Class)
    expect(copy).toMatchObject({ code: 'LUA_STATE_X', message: 'what to do', name: Class.name })
    expect(copy.stack).toBe(`${Class.name}: what to do\n    at caller (/c.ts:1:2)`)
  }
})

test("any other error keeps its name, and its own stack above the caller's", () => {
  const copy = roundTrip(new TypeError('first line\n    at not-a-frame'))
  expect(copy).toMatchObject({ name: 'TypeError', message: 'first line\n    at not-a-frame' })
  const lines = (copy.stack as string).split('\n')
  expect(lines.slice(0, 2)).toEqual(['TypeError: first line', '    at not-a-frame'])
  expect(lines[2]).toContain(import.meta.filename)
  expect(lines.at(-1)).toBe('    at caller (/c.ts:1:2)')
})

test('what was thrown and is no error is told in words', () => {
  expect(roundTrip('text')).toMatchObject({ name: 'Error', message: 'text' })
})

test('the cause travels, an error or a value, and a circle of causes ends', () => {
  const cause = new RangeError('inner', { cause: { why: [1] } })
  expect(roundTrip(new LuaError('outer', { cause })).cause).toMatchObject({
    name: 'RangeError',
    message: 'inner',
    cause: { why: [1] },
  })
  expect('cause' in roundTrip(new LuaError('alone'))).toBe(false)
  const circle = new Error('round')
  circle.cause = circle
  expect(roundTrip(circle)).toMatchObject({ cause: { cause: { message: 'round' } } })
})

test('an error value that is no data is told in words', () => {
  expect(roundTrip(new LuaError('m', { value: { f: () => 1, ok: true } }))).toMatchObject({
    value: { f: '(a function)', ok: true },
  })
})
