/** What holds of a baseline whatever has changed. */
import { expect, test } from 'vitest'
import { LuaError, type LuaOptions, type LuaState } from '../../src/index.ts'
import { thrownBy } from '../fresh-state.ts'
import { told } from './told.ts'

export type Fresh = (options?: LuaOptions) => LuaState

const breakMuch = `
  x = 1
  string.upper = nil
  table.concat = print
  package.loaded.extra = {}
  setmetatable(_G, { __index = print })
  debug.setmetatable(0, { __index = {} })`

const tool = new Map()
const log = (): void => {}

export function testManners(fresh: Fresh): void {
  testTimes(fresh)
  testValues(fresh)
  testCost(fresh)
  testEdges(fresh)
}

function testTimes(fresh: Fresh): void {
  test('restores any number of times', () => {
    const lua = fresh()
    const baseline = lua.baseline()
    for (let round = 0; round < 3; round++) {
      lua.execute(breakMuch)
      expect(baseline.diff()).toHaveLength(6)
      baseline.restore()
      baseline.restore()
      expect(baseline.diff()).toEqual([])
    }
  })

  test('restores after an error in the middle of a chunk', () => {
    const lua = fresh()
    const baseline = lua.baseline()
    expect(thrownBy(() => lua.execute(`${breakMuch} error("in the middle")`))).toBeInstanceOf(LuaError)
    baseline.restore()
    expect(baseline.diff()).toEqual([])
    expect(lua.eval('("x"):upper()')).toBe('X')
  })

  test('holds what was there when it was taken, not what was there at the opening', () => {
    const lua = fresh()
    lua.execute('early = { 1 } string.shout = string.upper')
    const baseline = lua.baseline()
    lua.execute('early[1] = 2 late = true')
    baseline.restore()
    expect(lua.execute.all('return early[1], late, string.shout("x")')).toEqual([1, undefined, 'X'])
  })

  test('does not disturb another one', () => {
    const lua = fresh()
    const first = lua.baseline()
    lua.execute('second = { x = 1 } string.upper = nil')
    const second = lua.baseline()
    lua.execute('second.x = 2 string.lower = nil')
    expect(told(first)).toEqual(['added second', 'removed string.lower', 'removed string.upper'])
    second.restore()
    expect(told(first)).toEqual(['added second', 'removed string.upper'])
    first.restore()
    expect(told(second)).toEqual(['added string.upper', 'removed second'])
    second.restore()
    expect(lua.execute.all('return second.x, string.upper, string.lower("X")')).toEqual([1, undefined, 'x'])
    first.restore()
    expect(first.diff()).toEqual([])
  })
}

function testValues(fresh: Fresh): void {
  test('tells values as they come out of Lua', () => {
    const lua = fresh()
    lua.execute('count = 1 gone = { 1, 2 }')
    const { gone } = lua.globals
    const baseline = lua.baseline()
    lua.execute('count = "many" gone = nil came = true')
    const changes = baseline.diff().toSorted((one, other) => one.kind.localeCompare(other.kind))
    expect(changes).toEqual([
      { kind: 'added', path: 'came', after: true },
      { kind: 'changed', path: 'count', before: 1, after: 'many' },
      { kind: 'removed', path: 'gone', before: [1, 2] },
    ])
    expect(changes[2]).toHaveProperty('before', gone)
  })

  test('gives objects and functions of JS back as they are', () => {
    const lua = fresh()
    Object.assign(lua.globals, { tool, log })
    const baseline = lua.baseline()
    lua.execute('tool, log = nil, nil collectgarbage()')
    baseline.restore()
    expect(lua.globals.tool).toBe(tool)
    expect(lua.globals.log).toBe(log)
  })

  test('knows a table with two names by one of them', () => {
    const lua = fresh()
    lua.execute('one = {} other = one')
    const baseline = lua.baseline()
    lua.execute('one.x = 1')
    expect(['added one.x', 'added other.x']).toContain(told(baseline).join())
  })

  test.each(['bytes', 'latin1'] as const)("reads text with the encoding '%s'", encoding => {
    const lua = fresh({ encoding })
    lua.execute('text = "value \\255" list = { ["two words"] = 1 }')
    const baseline = lua.baseline()
    expect(baseline.diff()).toEqual([])
    lua.execute('text = "other" list["two words"] = 2')
    expect(told(baseline)).toEqual(['changed list["two words"]', 'changed text'])
    baseline.restore()
    expect(lua.eval('text == "value \\255" and list["two words"] == 1')).toBe(true)
  })
}

function testCost(fresh: Fresh): void {
  test('costs one call into Lua for a restore, however large the state is', () => {
    const calls = { count: 0 }
    const lua = fresh({ callTimeout: () => void calls.count++ })
    lua.execute('large = {} for index = 1, 1000 do large[index] = { { x = index } } end')
    const baseline = lua.baseline()
    lua.execute('for index = 1, 1000 do large[index][1].x = 0 end')
    calls.count = 0
    baseline.restore()
    expect(calls.count).toBe(1)
    expect(lua.eval('large[1000][1].x')).toBe(1000)
  })

  test('takes tables nested deeper than any stack', () => {
    const lua = fresh()
    lua.execute('deep = {} local at = deep for _ = 1, 20000 do at.at = {} at = at.at end last = at')
    const baseline = lua.baseline()
    lua.execute('last.x = 1')
    expect(told(baseline)).toEqual(['added last.x'])
    baseline.restore()
    expect(lua.eval('last.x')).toBeUndefined()
  })
}

function testEdges(fresh: Fresh): void {
  test('needs no library', () => {
    const lua = fresh({ libraries: ['base'] })
    const baseline = lua.baseline()
    lua.execute('x = 1 print = nil')
    expect(told(baseline)).toEqual(['added x', 'removed print'])
    baseline.restore()
    expect(baseline.diff()).toEqual([])
  })

  test('can be restored by a callback, while Lua runs', () => {
    const lua = fresh()
    const restore = (): void => baseline.restore()
    lua.globals.restore = restore
    const baseline = lua.baseline()
    expect(lua.execute('x = 1 string.upper = nil restore() return x == nil and ("x"):upper()')).toBe('X')
    expect(lua.execute('return coroutine.wrap(function() x = 1 restore() return x == nil end)()')).toBe(true)
  })

  test('keeps the hook of a test from harm: the debug library has its own place in the registry', () => {
    const lua = fresh()
    const baseline = lua.baseline()
    lua.execute('debug.sethook(function() end, "", 1)')
    baseline.restore()
    expect(lua.execute('local sum = 0 for index = 1, 100 do sum = sum + index end return sum')).toBe(5050)
  })

  test('of a closed state says that it is closed', () => {
    const lua = fresh()
    const baseline = lua.baseline()
    lua.close()
    for (const use of [() => baseline.restore(), () => baseline.diff(), () => lua.baseline()])
      expect(thrownBy(use)).toMatchObject({ code: 'LUA_STATE_CLOSED' })
  })
}
