import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { freshState } from '../fresh-state.ts'

test('a function of Lua goes back as the same function', () => {
  const lua = freshState()
  lua.globals.identity = (value: unknown) => value
  expect(lua.execute('local f = function() end return identity(f) == f, identity(print) == print')).toBe(true)
  expect(lua.eval('print')).toBe(lua.globals.print)
})

test('what this is does not matter to a function of Lua', () => {
  const lua = freshState()
  const table = lua.eval('{count = function(...) return select("#", ...) end}')
  expect(table.count()).toBe(0)
  expect(table.count(undefined, null)).toBe(2)
})

test('what neither side holds any more is collected', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const lua = freshState()
  const make = () => new WeakRef(lua.eval('function() end') as object)
  const held = [make(), make(), make()]
  const wentIn = new WeakRef(() => 1)
  lua.execute('return ...', wentIn.deref())
  for (let round = 0; round < 10; round++) {
    await nextTurn()
    collect()
  }
  expect(held.map(ref => ref.deref())).toEqual([undefined, undefined, undefined])
  expect(wentIn.deref()).toBeUndefined()
})
