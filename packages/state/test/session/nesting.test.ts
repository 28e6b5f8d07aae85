import { expect, test } from 'vitest'
import { LuaError } from '../../src/index.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

test('endless recursion of Lua is an error, and the state goes on', () => {
  const lua = freshState()
  for (const chunk of [
    'local function f() return 1 + f() end return f()',
    'local t = setmetatable({}, {}) getmetatable(t).__index = function(_, k) return t[k .. "x"] end return t.x',
    'local function f() return (string.gsub("a", "a", f)) end return f()',
    'local function f() return pcall(f) end local ok = f() error("stack overflow " .. tostring(ok))',
    'local function f() return coroutine.wrap(f)() end f()',
  ]) {
    const error = thrownBy(() => lua.execute(chunk))
    expect(error).toBeInstanceOf(LuaError)
    expect((error as LuaError).message).toContain('stack overflow')
    expect(lua.eval('1 + 1')).toBe(2)
  }
})

test('Lua and JS that call each other without end get an error, and the state goes on', () => {
  const lua = freshState()
  lua.globals.down = (): unknown => lua.globals.up()
  lua.execute('function up() return down() end')
  const error = thrownBy(() => lua.globals.up()) as LuaError
  expect(error.message).toContain('stack overflow')
  expect(lua.eval('1 + 1')).toBe(2)
})

test('a callback that recurses in JS alone throws its own RangeError into Lua', () => {
  const lua = freshState()
  const recurse = (): number => recurse() + 1
  lua.globals.recurse = recurse
  expect(lua.execute('local ok, e = pcall(recurse) return e')).toBeInstanceOf(RangeError)
  expect(thrownBy(() => lua.execute('recurse()'))).toMatchObject({ cause: expect.any(RangeError) })
  expect(lua.eval('1 + 1')).toBe(2)
})

test('chunks compile however deep JS and Lua call each other through pcall', () => {
  const lua = freshState()
  let deepest = 0
  const down = (level: number): unknown => {
    deepest = level
    return lua.execute('local f, n = ... local ok, e = pcall(f, n + 1) error(e, 0)', down, level)
  }
  const error = thrownBy(() => down(1)) as LuaError
  expect(error.name).toBe('LuaError')
  expect(error.message).toContain('stack overflow')
  expect(deepest).toBeGreaterThanOrEqual(60)
  expect(lua.eval('1 + 1')).toBe(2)
})
