import { expect, test } from 'vitest'
import { LuaTimeoutError } from '../../../src/index.ts'
import { thrownBy } from '../../fresh-state.ts'
import { freshWasmoon } from './wasmoon-state.ts'

const counting = `
  local events = {}
  debug.sethook(function(event, line) events[#events + 1] = event .. tostring(line) end, 'l')
  local a = 1
  local b = 2
  debug.sethook()
  return table.concat(events, ' ')`

test('debug.sethook works as ever beside a deadline', () => {
  const events = freshWasmoon().execute(counting)
  expect(events).toBe('line4 line5 line6')
  expect(freshWasmoon({ callTimeout: 5_000 }).execute(counting)).toBe(events)
})

test('a hook of Lua sees the function that runs at level 2', () => {
  const lua = freshWasmoon({ callTimeout: 5_000 })
  lua.execute(`
    function hooked() local x = 1 return x end
    debug.sethook(function() seen = seen or debug.getinfo(2, 'f').func end, 'c')
    hooked()
    debug.sethook()`)
  expect(lua.eval('seen == hooked or seen')).toBe(true)
})

test('debug.gethook gives what Lua code has set, and nothing of the deadline', () => {
  const lua = freshWasmoon({ callTimeout: 5_000 })
  expect(lua.execute.all('return debug.gethook()')).toEqual([undefined])
  expect(
    lua.execute.all(`
      local function hook() end
      debug.sethook(hook, 'r', 1000)
      local set, mask, count = debug.gethook()
      debug.sethook()
      return set == hook, mask, count, (debug.gethook())`),
  ).toEqual([true, 'r', 1000, undefined])
})

test('a count hook of Lua is called as often as it asks, whatever the deadline needs', () => {
  const lua = freshWasmoon({ callTimeout: 5_000 })
  const calls = lua.execute(`
    local calls = 0
    debug.sethook(function() calls = calls + 1 end, '', 100)
    for i = 1, 10000 do end
    debug.sethook()
    return calls`)
  expect(calls).toBeGreaterThanOrEqual(99)
  expect(calls).toBeLessThanOrEqual(110)
})

test('a hook of another thread is set and given', () => {
  const lua = freshWasmoon({ callTimeout: 5_000 })
  expect(
    lua.execute.all(`
      local lines = 0
      local co = coroutine.create(function()
        local a = 1
        local b = 2
      end)
      debug.sethook(co, function() lines = lines + 1 end, 'l')
      local set = debug.gethook(co) ~= nil
      coroutine.resume(co)
      return set, lines, (debug.gethook())`),
  ).toEqual([true, 3, undefined])
})

test('an error in a hook is the error of the line that runs, and the deadline still holds', () => {
  const lua = freshWasmoon({ callTimeout: 100 })
  expect(
    lua.execute.all(`
      local function hook()
        debug.sethook()
        error('from the hook', 0)
      end
      return pcall(function()
        debug.sethook(hook, 'l')
        local a = 1
      end)`),
  ).toEqual([false, 'from the hook'])
  expect(thrownBy(() => lua.execute('while true do end'))).toBeInstanceOf(LuaTimeoutError)
})

test('the deadline holds in a hook of Lua, which is gone afterwards, and others are called', () => {
  const lua = freshWasmoon({ callTimeout: 100 })
  const endless = 'debug.sethook(function() while true do end end, "l")\nlocal x = 1\nlocal y = 2'
  expect(thrownBy(() => lua.execute(endless))).toBeInstanceOf(LuaTimeoutError)
  expect(lua.execute(counting)).toBe('line4 line5 line6')
})

test('coroutines that make coroutines, each catching its end, end soon', () => {
  const lua = freshWasmoon({ callTimeout: 100 })
  const chunk = `
    local function spawn(depth)
      while true do
        pcall(coroutine.wrap(function()
          if depth == 0 then while true do end end
          spawn(depth - 1)
        end))
      end
    end
    spawn(4)`
  const start = performance.now()
  expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaTimeoutError)
  expect(performance.now() - start).toBeLessThan(10_000)
  expect(lua.eval('1 + 1')).toBe(2)
})

test('os.exit ends code that has a hook of its own, which is back afterwards', () => {
  const lua = freshWasmoon()
  lua.execute('debug.sethook(function() calls = (calls or 0) + 1 end, "", 1000)')
  expect(thrownBy(() => lua.execute('pcall(os.exit, 3) while true do end'))).toMatchObject({ value: 3 })
  expect(lua.execute('calls = 0 for i = 1, 10000 do end return calls')).toBeGreaterThan(5)
})
