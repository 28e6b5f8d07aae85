import { expect, test } from 'vitest'
import { type LuaError, LuaStateError, LuaTimeoutError } from '../src/index.ts'
import { onEveryRuntime } from './every-runtime.ts'
import { thrownBy } from './fresh-state.ts'

const loop = 'local function loop() while true do end end '

/** Each is ended at its first line. */
const endless: readonly (readonly [string, string])[] = [
  ['an endless loop', 'while true do end'],
  ['a loop under pcall', `${loop} pcall(loop)`],
  ['a loop that swallows its end', `${loop} while true do pcall(loop) end`],
  ['a loop in a coroutine', `${loop} coroutine.wrap(loop)()`],
  ['coroutines for ever', `${loop} while true do coroutine.resume(coroutine.create(loop)) end`],
  [
    'nested coroutines',
    `${loop} coroutine.wrap(function() while true do pcall(coroutine.wrap(loop)) end end)()`,
  ],
  [
    'a generator that is used for ever',
    'local function two() coroutine.yield() end while true do for _ in coroutine.wrap(two) do end end',
  ],
  ['a loop of calls', 'local function f() end while true do f() end'],
  ['a loop of library functions', 'local s = "x" while true do s:upper() end'],
  ['a loop of errors', 'while true do pcall(error) end'],
  ['a loop that calls JS', 'while true do callback() end'],
  ['a loop that makes garbage', 'while true do local t = {{}} end'],
  ['a looping message handler', `${loop} xpcall(loop, loop)`],
  ['a message handler that loops by itself', 'xpcall(error, function() while true do end end)'],
  ['a loop that removed the hook', 'debug.sethook() while true do end'],
  ['a loop that removes the hook all the time', 'while true do debug.sethook() end'],
  ['a loop with a hook of its own', 'debug.sethook(function() end, "l", 3) while true do end'],
  ['a hook that loops', 'debug.sethook(function() while true do end end, "l")\nlocal x = 1\nlocal y = 2'],
  ['endless recursion that swallows', 'local function f() while true do pcall(f) end end f()'],
  [
    'endless recursion that is used up again and again',
    'local function f() return 1 + f() end while true do pcall(f) end',
  ],
]

const finalizer = `
  local function finalized(f)
    if newproxy then getmetatable(newproxy(true)).__gc = f else setmetatable({}, {__gc = f}) end
  end
  finalized(function() while true do end end)
  collectgarbage() collectgarbage()`

const deep = (how: string, end: string) =>
  `local function f(n) if n == 0 then ${end} end ${how} end f(30) error("not ended")`

await onEveryRuntime((fresh, runtime) => {
  // A loop that takes the hook away ends when the watch thread is faster, which takes its time on a busy machine.
  test.each(endless)('%s ends at its limit, and the state goes on', { timeout: 60_000 }, (_, chunk) => {
    const lua = fresh({ callTimeout: 60 })
    lua.globals.callback = () => 1
    const error = thrownBy(() => lua.execute(chunk)) as LuaTimeoutError
    expect(error).toBeInstanceOf(LuaTimeoutError)
    expect(error).toMatchObject({ name: 'LuaTimeoutError', limit: 60, line: 1 })
    expect(error.chunk).toContain('[string "')
    const after =
      'local n = 0 for i = 1, 10 do n = n + 1 end return coroutine.wrap(function() return n end)()'
    expect(lua.execute(after)).toBe(10)
  })

  test('a finalizer that loops ends at the limit', ({ skip }) => {
    const lua = fresh({ callTimeout: 60 })
    skip(!lua.capabilities.finalizers, 'no finalizer ever runs')
    expect(thrownBy(() => lua.execute(finalizer))).toBeInstanceOf(LuaTimeoutError)
    expect(lua.eval('1 + 1')).toBe(2)
  })

  test('a hook and a finalizer that swallow their end end at the limit', { timeout: 60_000 }, ({ skip }) => {
    skip(runtime === 'wasmoon', 'Lua calls no hook after an error that was caught there')
    const lua = fresh({ callTimeout: 60 })
    const swallowing = 'function() while true do pcall(loop) end end'
    const hook = `debug.sethook(${swallowing}, "l")\nlocal x = 1\nlocal y = 2`
    expect(thrownBy(() => lua.execute(`${loop} ${hook}`))).toBeInstanceOf(LuaTimeoutError)
    expect(lua.eval('1 + 1')).toBe(2)
    if (!lua.capabilities.finalizers) return
    const looping = 'function() while true do end end'
    expect(thrownBy(() => lua.execute(`${loop} ${finalizer.replace(looping, swallowing)}`))).toBeInstanceOf(
      LuaTimeoutError,
    )
    expect(lua.eval('1 + 1')).toBe(2)
  })

  test('a hook of debug.sethook is there again after a call that was ended', () => {
    const lua = fresh({ callTimeout: 250 })
    lua.execute('calls = 0 debug.sethook(function() calls = calls + 1 end, "c")')
    expect(thrownBy(() => lua.execute('while true do end'))).toBeInstanceOf(LuaTimeoutError)
    const before: number = lua.globals.calls
    lua.execute('local function f() end f() f() f()')
    expect(lua.globals.calls).toBeGreaterThan(before + 2)
  })

  test('a callback that swallows the end does not prolong the call', () => {
    const lua = fresh({ callTimeout: 60 })
    lua.globals.swallow = () => {
      try {
        lua.execute('while true do end')
      } catch {
        return 'swallowed'
      }
      return 'never'
    }
    expect(thrownBy(() => lua.execute('while true do swallow() end'))).toBeInstanceOf(LuaTimeoutError)
    expect(lua.eval('1')).toBe(1)
  })

  test('a function is asked for the limit when the outermost call enters Lua', () => {
    let limit: number | undefined
    let asked = 0
    const lua = fresh({ callTimeout: () => (asked++, limit) })
    lua.globals.nested = () => lua.eval('1')
    for (limit of [undefined, 0, Infinity]) {
      asked = 0
      lua.execute('nested() for i = 1, 50000 do end')
      expect(asked).toBe(1)
    }
    limit = 40
    expect(thrownBy(() => lua.execute('while true do end'))).toMatchObject({ limit: 40 })
  })

  test('a coroutine that JS resumes has a limit too', () => {
    const lua = fresh({ callTimeout: 60 })
    const coroutine = lua.eval('coroutine.create(function() coroutine.yield(1) while true do end end)')
    expect(coroutine.resume()).toBe(1)
    expect(thrownBy(() => coroutine.resume())).toBeInstanceOf(LuaTimeoutError)
    expect(coroutine.status).toBe('dead')
  })

  test('a coroutine that JS resumes inside of one that Lua resumed has a limit too', () => {
    const lua = fresh({ callTimeout: 60 })
    lua.globals.resume = (coroutine: { resume: () => unknown }) => coroutine.resume()
    const inner = 'coroutine.create(function() coroutine.wrap(function() while true do end end)() end)'
    const error = thrownBy(() => lua.execute(`coroutine.wrap(function()\nresume(${inner}) end)()`))
    expect(error).toBeInstanceOf(LuaTimeoutError)
    expect(error).toMatchObject({ line: 2 })
    expect(lua.eval('1 + 1')).toBe(2)
  })

  test('states that call each other have each their own limit', () => {
    const [outer, inner] = [fresh({ callTimeout: 10_000 }), fresh({ callTimeout: 60 })]
    outer.globals.call = () => {
      const error = thrownBy(() => inner.execute('while true do end'))
      return error instanceof LuaTimeoutError
    }
    expect(outer.execute('local n = 0 while n < 3 do assert(call()) n = n + 1 end return n')).toBe(3)
    expect(inner.eval('1 + 1')).toBe(2)
  })

  test('a long life of short calls meets no limit', () => {
    const lua = fresh({ callTimeout: 2_000 })
    const add = lua.eval('function(a, b) return a + b end')
    let sum = 0
    for (let index = 0; index < 20_000; index++) sum = add(sum, 1)
    expect(sum).toBe(20_000)
  })

  test('an error of the deadline or of os.exit shows the caller, however deep Lua was', () => {
    const lua = fresh({ callTimeout: 100 })
    for (const how of ['pcall(f, n - 1)', 'coroutine.wrap(f)(n - 1)']) {
      for (const end of ['while true do end', 'os.exit(3)']) {
        const error = thrownBy(() => lua.execute(deep(how, end))) as LuaError
        expect(error.message).not.toContain('not ended')
        expect(error.stack).toContain(import.meta.filename)
        expect(error.stack).toContain('at main chunk')
        expect(error.stack).not.toMatch(/packages\/state\/src|node_modules\/(fengari|koffi|wasmoon)/)
      }
    }
  })

  test('os.exit ends all coroutines around it, also without a limit', () => {
    const lua = fresh()
    lua.globals.reached = false
    const chunk = `
      local function inner() os.exit(4) end
      coroutine.wrap(function()
        while true do pcall(coroutine.wrap(inner)) reached = true end
      end)()
      reached = true`
    expect(thrownBy(() => lua.execute(chunk))).toMatchObject({ value: 4 })
    expect(lua.globals.reached).toBe(false)
  })

  test('a function callTimeout that gives no number of ms is refused', () => {
    for (const limit of [Number.NaN, -1, '5']) {
      const lua = fresh({ callTimeout: () => limit as number })
      const error = thrownBy(() => lua.eval('1'))
      expect(error).toBeInstanceOf(LuaStateError)
      expect(error).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
    }
  })
})
