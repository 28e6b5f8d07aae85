import { expect, test } from 'vitest'
import { loadLua, type LuaError, LuaTimeoutError } from '../src/index.ts'
import { freshState, thrownBy } from './fresh-state.ts'

const open = await loadLua('fengari')
const loop = 'local function loop() while true do end end '

test.each([
  ['an endless loop', 'while true do end'],
  ['a loop under pcall', `${loop} pcall(loop)`],
  ['a loop that swallows its end', `${loop} while true do pcall(loop) end`],
  ['a loop in a coroutine', `${loop} coroutine.wrap(loop)()`],
  ['coroutines for ever', `${loop} while true do coroutine.resume(coroutine.create(loop)) end`],
  [
    'nested coroutines',
    `${loop} coroutine.wrap(function() while true do pcall(coroutine.wrap(loop)) end end)()`,
  ],
  ['a looping message handler', `${loop} xpcall(loop, loop)`],
  ['a message handler that loops by itself', 'xpcall(error, function() while true do end end)'],
  ['a loop that removed the hook', 'debug.sethook() while true do end'],
  ['a loop with a hook of its own', 'debug.sethook(function() end, "l", 3) while true do end'],
  ['endless recursion that swallows', 'local function f() while true do pcall(f) end end f()'],
])('%s ends at its limit, and the state goes on', (_, chunk) => {
  const state = open({ callTimeout: 60 })
  const error = thrownBy(() => state.execute(chunk)) as LuaTimeoutError
  expect(error).toBeInstanceOf(LuaTimeoutError)
  expect(error).toMatchObject({ name: 'LuaTimeoutError', limit: 60, line: 1 })
  expect(error.chunk).toContain('[string "')
  expect(state.execute('local n = 0 for i = 1, 10 do n = n + 1 end return n')).toBe(10)
  state.close()
})

test('a callback that swallows the end does not prolong the call', () => {
  const state = open({ callTimeout: 60 })
  state.globals.swallow = () => {
    try {
      state.execute('while true do end')
    } catch {
      return 'swallowed'
    }
    return 'never'
  }
  expect(thrownBy(() => state.execute('while true do swallow() end'))).toBeInstanceOf(LuaTimeoutError)
  expect(state.eval('1')).toBe(1)
  state.close()
})

test('a function is asked for the limit when the outermost call enters Lua', () => {
  let limit: number | undefined
  let asked = 0
  const state = open({ callTimeout: () => (asked++, limit) })
  state.globals.nested = () => state.eval('1')
  for (limit of [undefined, 0, Infinity]) {
    asked = 0
    state.execute('nested() for i = 1, 50000 do end')
    expect(asked).toBe(1)
  }
  limit = 40
  expect(thrownBy(() => state.execute('while true do end'))).toMatchObject({ limit: 40 })
  state.close()
})

test('a coroutine that JS resumes has a limit too', () => {
  const state = open({ callTimeout: 60 })
  const coroutine = state.eval('coroutine.create(function() coroutine.yield(1) while true do end end)')
  expect(coroutine.resume()).toBe(1)
  expect(thrownBy(() => coroutine.resume())).toBeInstanceOf(LuaTimeoutError)
  expect(coroutine.status).toBe('dead')
  state.close()
})

const deep = (how: string, end: string) =>
  `local function f(n) if n == 0 then ${end} end ${how} end f(30) error("not ended")`

test('an error of the deadline or of os.exit shows the caller, however deep Lua was', () => {
  const lua = freshState({ callTimeout: 100 })
  for (const how of ['pcall(f, n - 1)', 'coroutine.wrap(f)(n - 1)']) {
    for (const end of ['while true do end', 'os.exit(3)']) {
      const error = thrownBy(() => lua.execute(deep(how, end))) as LuaError
      expect(error.message).not.toContain('not ended')
      expect(error.stack).toContain(import.meta.filename)
      expect(error.stack).toContain('at main chunk')
      expect(error.stack).not.toMatch(/packages\/state\/src|node_modules\/fengari/)
    }
  }
})

test('the deadline holds in a hook of debug.sethook', () => {
  const lua = freshState({ callTimeout: 100 })
  const chunk = 'debug.sethook(function() while true do end end, "l")\nlocal x = 1\nlocal y = 2'
  expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaTimeoutError)
  expect(lua.eval('1 + 1')).toBe(2)
})

test('a function callTimeout that gives no number of ms is refused', () => {
  for (const limit of [Number.NaN, -1, '5']) {
    const lua = freshState({ callTimeout: () => limit as number })
    expect(thrownBy(() => lua.eval('1'))).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
  }
})
