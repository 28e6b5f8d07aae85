import { expect, test } from 'vitest'
import type { LuaError } from '../../../src/index.ts'
import { thrownBy } from '../../fresh-state.ts'
import { freshWasmoon } from './wasmoon-state.ts'

const work = `
  local sum, list = 0, {}
  for i = 1, 10 do sum = sum + callback(i) list[i] = { i } end
  local ok, e = pcall(error, {})
  return coroutine.wrap(function() return ("x"):rep(100) end)()`

// Some 2 s where nothing else runs.
test(
  'JS that calls Lua at each level of an endless recursion gets an error of the stack, and the state goes on',
  { timeout: 60_000 },
  () => {
    const lua = freshWasmoon()
    lua.globals.callback = (x: number) => x
    const failures: string[] = []
    const recurse = (refused: number): void => {
      let now = refused
      try {
        lua.execute(work)
      } catch (error) {
        failures.push((error as Error).message)
        now++
      }
      if (now < 3) recurse(now)
    }
    for (let round = 0; round < 5; round++) recurse(0)
    expect(failures).toHaveLength(15)
    for (const message of failures) expect(message).toMatch(/stack overflow|Maximum call stack/)
    lua.collectGarbage()
    expect(lua.execute(work)).toBe('x'.repeat(100))
  },
)

test.each([
  ['pcall', 'local function f() return pcall(f) end local ok = f() error("stack overflow " .. tostring(ok))'],
  ['gsub', 'local function f() return (string.gsub("a", "a", f)) end return f()'],
  ['table.sort', 'local function f() table.sort({1, 2, 3}, f) end f()'],
  ['tostring', 'local mt = {} mt.__tostring = tostring tostring(setmetatable({}, mt))'],
  [
    'format',
    'local mt = {} mt.__tostring = function(x) return ("%s"):format(x) end tostring(setmetatable({}, mt))',
  ],
  ['a metamethod', 'local mt = {} mt.__index = function(x) return x.y end return setmetatable({}, mt).x'],
  ['coroutines', 'local function f() return coroutine.wrap(f)() end f()'],
  ['load', 'local function f() return assert(load(f)) end f()'],
  ['a message handler', 'local function f(e) error(e) end xpcall(f, f) error("stack overflow")'],
  ['closing', 'local function f() local x <close> = setmetatable({}, { __close = f }) end f()'],
  ['Lua alone', 'local function f() return 1 + f() end return f()'],
  ['a pattern', 'return ("a"):rep(300):find((".-"):rep(300) .. "b")'],
  ['the compiler', 'return assert(load("return " .. ("("):rep(300) .. "1" .. (")"):rep(300)))'],
])('endless recursion through %s is an error, and the state goes on', (_, chunk) => {
  const lua = freshWasmoon()
  for (let round = 0; round < 3; round++) {
    expect((thrownBy(() => lua.execute(chunk)) as LuaError).message).toMatch(/overflow|too complex/)
    expect(lua.eval('1 + 1')).toBe(2)
  }
})

test('JS and Lua that call each other deeper than the stack bears get an error, and the state goes on', () => {
  const lua = freshWasmoon()
  let deepest = 0
  const down = (level: number): unknown => {
    deepest = level
    return lua.execute('local down, level = ... return down(level + 1)', down, level)
  }
  for (let round = 0; round < 3; round++) {
    expect((thrownBy(() => down(0)) as LuaError).message).toContain('stack overflow')
    expect(deepest).toBeGreaterThanOrEqual(100)
    expect(lua.eval('1 + 1')).toBe(2)
  }
})
