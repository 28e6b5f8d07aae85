import { expect, test } from 'vitest'
import { multiReturn } from '../../src/index.ts'
import { onEveryRuntime } from '../every-runtime.ts'
import { thrownBy } from '../fresh-state.ts'

await onEveryRuntime(fresh => {
  test('a callback gives Lua several values, also nil in their middle and at their end', () => {
    const lua = fresh()
    lua.globals.three = () => multiReturn(1, undefined, 'x', null)
    expect(lua.execute.all('return three()')).toEqual([1, undefined, 'x', undefined])
    expect(lua.execute.all('return select("#", three()), (three()), three()')).toEqual([
      4,
      1,
      1,
      undefined,
      'x',
      undefined,
    ])
    expect(lua.execute('local a, b, c = three() return c')).toBe('x')
  })

  test('without values it gives none, which is not nil', () => {
    const lua = fresh()
    expect(lua.execute('return select("#", (...)())', () => multiReturn())).toBe(0)
    expect(lua.execute('return select("#", (...)())', () => undefined)).toBe(1)
  })

  test('each value goes in by the rules for values', () => {
    const lua = fresh()
    const map = new Map()
    lua.globals.give = () => multiReturn({ a: [1] }, map, () => 'called')
    expect(lua.execute.all('local t, m, f = give() return t.a[1], m, f()')).toEqual([1, map, 'called'])
  })

  test('a method of an object may give several values too', () => {
    const lua = fresh()
    class Door {
      open(key: string) {
        return key === 'right' ? true : multiReturn(false, `${key}: does not fit`)
      }
    }
    expect(lua.execute.all('return (...):open("wrong")', new Door())).toEqual([false, 'wrong: does not fit'])
    expect(lua.execute.all('return (...):open("right")', new Door())).toEqual([true])
  })

  test('a thousand values go through, also in a coroutine', () => {
    const lua = fresh()
    const numbers = Array.from({ length: 1000 }, (_, index) => index)
    lua.globals.give = () => multiReturn(...numbers)
    expect(lua.execute.all('return give()')).toEqual(numbers)
    expect(lua.execute.all('return coroutine.wrap(function() return give() end)()')).toEqual(numbers)
  })

  test('more values than Lua can take are an error that pcall catches', () => {
    const lua = fresh()
    lua.globals.give = () => multiReturn(...Array.from({ length: 2_000_000 }, () => 1))
    expect(lua.execute('return (pcall(give))')).toBe(false)
    expect(lua.eval('1 + 1')).toBe(2)
  })

  test('a promise that a callback returns may be fulfilled with several values', async () => {
    const lua = fresh()
    lua.globals.read = async () => multiReturn(null, 'no such file')
    await expect(lua.executeAsync('local file, message = read() return message')).resolves.toBe(
      'no such file',
    )
  })

  test('as a value it is refused', () => {
    const lua = fresh()
    const refused = { code: 'LUA_STATE_VALUE_MULTIPLE' }
    expect(thrownBy(() => lua.execute('return ...', multiReturn(1)))).toMatchObject(refused)
    expect(thrownBy(() => lua.table({ list: [multiReturn(1)] }))).toMatchObject(refused)
    lua.globals.nested = () => multiReturn(multiReturn(1))
    expect(thrownBy(() => lua.execute('nested()'))).toMatchObject({ cause: refused })
    expect(lua.eval('1 + 1')).toBe(2)
  })
})

test('in JS it is an iterable of its values', () => {
  const [first, second] = multiReturn(1, 'x')
  expect([first, second]).toEqual([1, 'x'])
})
