import { expect, test } from 'vitest'
import { loadLua, LuaStateError, LuaStateRangeError, runtimeNames, toJS } from '../../src/index.ts'

const withFinalizers = runtimeNames.filter(name => name !== 'fengari')

test.each(withFinalizers)('%s: a finalizer that collectGarbage starts may close the state', async runtime => {
  const state = (await loadLua(runtime))()
  state.globals.close = () => state.close()
  state.execute(`
    if newproxy then getmetatable(newproxy(true)).__gc = close else setmetatable({}, { __gc = close }) end`)
  state.collectGarbage()
  expect(state.closed).toBe(true)
  const other = (await loadLua(runtime))()
  expect(other.eval('1 + 1')).toBe(2)
  other.close()
})

test.each(['luajit', 'lua5.4'] as const)(
  '%s: a string too long for JS is refused, and the state goes on',
  async runtime => {
    const state = (await loadLua(runtime))()
    expect(() => state.execute('long = ("x"):rep(2^20):rep(2^9) return long')).toThrow(LuaStateRangeError)
    expect(() => state.execute('print(long)')).toThrow('encoding')
    expect(state.eval('#long')).toBe(2 ** 29)
    state.close()
  },
  60_000,
)

test.each([
  ['luajit', 'liblua5.4.so.0'],
  ['lua5.4', 'libluajit-5.1.so.2'],
  ['lua5.1', 'libluajit-5.1.so.2'],
  ['luajit', 'liblua5.1.so.0'],
  ['lua5.3', 'liblua5.2.so.0'],
  ['lua5.2', 'liblua5.3.so.0'],
] as const)('%s is not opened from the library of another Lua, %s', async (runtime, library) => {
  await expect(loadLua(runtime, { library })).rejects.toMatchObject({ name: LuaStateError.name })
  await expect(loadLua(runtime, { library })).rejects.toThrow(library)
})

test('of a long list with few items the items go in', async () => {
  const state = (await loadLua('fengari'))()
  const list: number[] = []
  list[4_000_000_000] = 7
  expect(toJS(state.execute('local t = ... return { next(t) }', list))).toEqual([4_000_000_001, 7])
  state.close()
})

const callback = () => 1

test.each(withFinalizers)('%s: the registry gives up none of its numbers that JS holds', async runtime => {
  const state = (await loadLua(runtime))()
  state.globals.callback = callback
  state.execute('local r = debug.getregistry() for key = 3, 40 do pcall(function() r[key] = nil end) end')
  expect(state.globals.callback).toBe(callback)
  expect(state.eval('callback()')).toBe(1)
  state.close()
})
