import { expect, test } from 'vitest'
import { byReference, luaIterator, type LuaState } from '../../src/index.ts'
import { onEveryRuntime } from '../every-runtime.ts'
import { thrownBy } from '../fresh-state.ts'

const listed = (lua: LuaState, iterable: Iterable<unknown>): unknown =>
  lua.execute(
    'local s = "" for a, b in ... do s = s .. tostring(a) .. "=" .. tostring(b) .. " " end return s',
    luaIterator(iterable),
  )

await onEveryRuntime(fresh => {
  test('a Map gives keys and values, an array its items, and by entries() also their indices', () => {
    const lua = fresh()
    const map = new Map<unknown, unknown>([
      ['k', 1],
      [false, undefined],
    ])
    expect(listed(lua, map)).toBe('k=1 false=nil ')
    expect(listed(lua, ['a', 'b'])).toBe('a=nil b=nil ')
    expect(listed(lua, ['a', null, 'c'].entries())).toMatch(/^0(\.0)?=a 1(\.0)?=nil 2(\.0)?=c $/)
    expect(listed(lua, [])).toBe('')
  })

  test('an endless generator is asked as far as Lua goes', () => {
    const lua = fresh()
    let asked = 0
    function* count() {
      for (;;) yield ++asked
    }
    lua.execute('for n in ... do if n == 3 then break end end', luaIterator(count()))
    expect(asked).toBe(3)
  })

  test('as a global it is for Lua to call', () => {
    const lua = fresh()
    Object.assign(lua.globals, { each: luaIterator, list: byReference([1, 2, 3]), set: new Set([4]) })
    expect(
      lua.execute(
        'local sum = 0 for n in each(list) do sum = sum + n end for n in each(set) do sum = sum + n end return sum',
      ),
    ).toBe(10)
  })

  test('an item that would end the loop is an error, and so is what the iterable throws', () => {
    const lua = fresh()
    expect(thrownBy(() => listed(lua, [1, undefined, 3]))).toMatchObject({
      cause: { code: 'LUA_STATE_ITERABLE_NIL', message: expect.stringContaining('The item 1 (from 0)') },
    })
    const broken = new Error('broken')
    function* breaks() {
      yield 1
      throw broken
    }
    expect(thrownBy(() => listed(lua, breaks()))).toMatchObject({ cause: broken })
  })

  test('what cannot be iterated over is refused, a table of Lua too', () => {
    const lua = fresh()
    lua.globals.each = luaIterator
    for (const wrong of ['nil', '1', '{}']) {
      expect(thrownBy(() => lua.execute(`for n in each(${wrong}) do end`))).toMatchObject({
        cause: { code: 'LUA_STATE_ITERABLE_EXPECTED' },
      })
    }
  })
})
