/** Garbage: finalizers, weak tables, variables that close, and what the collector tells. */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect } from 'vitest'
import { LuaSyntaxError, type LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { on, unless, type Topic } from '../row.ts'

/** Makes a value with a finalizer, garbage at once: a table, or a userdata where tables have no finalizers. */
const defineFinalized = `
  function finalized(f)
    if newproxy then
      local u = newproxy(true)
      getmetatable(u).__gc = f
    else
      setmetatable({}, {__gc = f})
    end
  end`

function collect(lua: LuaState): void {
  lua.collectGarbage()
  lua.collectGarbage()
}

const beforeClose = ['luajit', '5.1', '5.2', '5.3'] as const
const noClose = (words = '`<close>` is a syntax error') => on(beforeClose, words, expect.any(LuaSyntaxError))

export const garbage: Topic = {
  title: 'Garbage',
  rows: [
    {
      says: '`__gc` runs when garbage is collected',
      does: lua => {
        lua.execute(`${defineFinalized} log = {} finalized(function() log[1] = "finalized" end)`)
        collect(lua)
        return lua.globals.log
      },
      gives: ['finalized'],
      differs: [unless('finalizers', 'no finalizer ever runs', [])],
    },
    {
      says: 'tables have finalizers',
      does: lua => {
        lua.execute('log = {} setmetatable({}, {__gc = function() log[1] = "finalized" end})')
        collect(lua)
        return lua.globals.log
      },
      gives: ['finalized'],
      differs: [
        on(['luajit', '5.1'], 'only userdata have', []),
        unless('finalizers', 'no finalizer ever runs', []),
      ],
    },
    {
      says: '`__gc` may call JavaScript, which may use the state',
      does: lua => {
        const seen: unknown[] = []
        lua.globals.note = () => seen.push(lua.eval('1 + 1'), lua.table({ a: 1 }).a)
        lua.execute(`${defineFinalized} finalized(function() note() end)`)
        collect(lua)
        return seen
      },
      gives: [2, 1],
      differs: [unless('finalizers', 'no finalizer ever runs', [])],
    },
    {
      says: 'finalizers that are left run when the state is closed, and may call JavaScript',
      does: (_, open) => {
        const lua = open()
        const seen: unknown[] = []
        lua.globals.note = (value: unknown) => seen.push(value)
        lua.execute(`${defineFinalized} finalized(function() note("at the end") end)`)
        lua.close()
        return seen
      },
      gives: ['at the end'],
      differs: [unless('finalizers', 'no finalizer ever runs', [])],
    },
    {
      says: 'an error in `__gc` is an error of whoever collects, and the state goes on',
      does: lua => {
        lua.execute(`${defineFinalized} finalized(function() error("in gc") end)`)
        const [ok, message] = lua.execute.all('return pcall(collectgarbage)')
        return [ok, String(message), lua.eval('1 + 1')]
      },
      gives: [false, expect.stringContaining('in gc'), 2],
      differs: [
        unless('finalizers', 'no finalizer ever runs', [true, '0', 2]),
        on(['5.4'], 'it is a warning that nobody sees', [true, '0', 2]),
      ],
    },
    {
      says: 'an error in `__gc` while the state is closed harms nobody',
      does: (_, open) => {
        const lua = open()
        lua.execute(`${defineFinalized} finalized(function() error("in gc") end)`)
        lua.close()
        return lua.closed
      },
      gives: true,
    },
    {
      says: 'weak tables let go of garbage',
      does: lua => {
        lua.execute(
          'weak = setmetatable({{}, "kept"}, {__mode = "v"}) keys = setmetatable({[{}] = 1}, {__mode = "k"})',
        )
        collect(lua)
        return lua.execute.all('return weak[1], weak[2], next(keys)')
      },
      gives: [undefined, 'kept', undefined],
      differs: [
        unless('weakTables', 'they keep what they hold', [expect.anything(), 'kept', expect.anything(), 1]),
      ],
    },
    {
      says: 'what JS holds is not garbage: tables, functions and coroutines stay in weak tables',
      does: lua => {
        lua.execute('weak = setmetatable({}, {__mode = "v"})')
        const held = ['{}', 'function() end', 'coroutine.create(function() end)'].map((expression, index) =>
          lua.execute(`weak[${index + 1}] = ${expression} return weak[${index + 1}]`),
        )
        collect(lua)
        return held.map((value, index) => lua.execute(`return weak[${index + 1}] == ...`, value))
      },
      gives: [true, true, true],
    },
    {
      says: 'an object that only Lua holds stays alive, and one that neither holds is let go',
      does: async lua => {
        const inLua = new WeakRef(new Map([['k', 1]]))
        lua.globals.map = inLua.deref()
        const inNeither = new WeakRef(new Map())
        lua.execute('return type(...)', inNeither.deref())
        await collectAll(lua)
        return [lua.execute('return map:get("k")'), inNeither.deref()]
      },
      gives: [1, undefined],
    },
    {
      says: 'functions that neither side holds are let go',
      does: async lua => {
        const cameOut = new WeakRef(lua.eval('function() end') as object)
        const wentIn = new WeakRef(() => 1)
        lua.execute('return type(...)', wentIn.deref())
        await collectAll(lua)
        return [cameOut.deref(), wentIn.deref()]
      },
      gives: [undefined, undefined],
    },
    {
      says: 'a variable with `<close>` is closed at the end of its block, last first',
      does: lua =>
        attempt(() =>
          lua.execute(`local log = {}
            local function closing(name)
              return setmetatable({}, {__close = function(_, e) log[#log + 1] = name .. tostring(e) end})
            end
            do local a <close> = closing("a") local b <close> = closing("b") end
            pcall(function() local c <close> = closing("c") error("e", 0) end)
            return log`),
        ),
      gives: ['bnil', 'anil', 'ce'],
      differs: [noClose()],
    },
    {
      says: '`__close` may call JavaScript, and what that throws is the error',
      does: lua => {
        const thrown = new Error('while closing')
        lua.globals.fail = () => {
          throw thrown
        }
        const chunk = 'local x <close> = setmetatable({}, {__close = function() fail() end}) return 1'
        const error = attempt(() => lua.execute(chunk))
        return error instanceof LuaSyntaxError ? error : (error as Error).cause === thrown
      },
      gives: true,
      differs: [noClose()],
    },
    {
      says: 'memoryUsed gives bytes, which grow with what is held',
      does: lua => {
        const before = lua.memoryUsed()
        lua.execute('held = {} for i = 1, 10000 do held[i] = {i} end')
        const after = lua.memoryUsed()
        return before === undefined || after === undefined ? [before, after] : after - before > 100_000
      },
      gives: true,
      differs: [unless('memoryUsed', 'it gives undefined', [undefined, undefined])],
    },
    {
      says: 'collectGarbage gives memory back',
      does: lua => {
        lua.execute('held = {} for i = 1, 10000 do held[i] = {i} end')
        const before = lua.memoryUsed()
        lua.execute('held = nil')
        collect(lua)
        const after = lua.memoryUsed()
        return before === undefined || after === undefined ? [before, after] : before - after > 100_000
      },
      gives: true,
      differs: [unless('memoryUsed', 'nobody can tell', [undefined, undefined])],
    },
    {
      says: '`collectgarbage` counts in kB and takes its options',
      does: lua => {
        const [collected, count, stopped] = lua.execute.all(
          'return collectgarbage(), collectgarbage("count"), collectgarbage("stop"), collectgarbage("restart")',
        )
        return [collected, count > 1, stopped, attempt(() => lua.execute('collectgarbage("nonsense")'))]
      },
      gives: [0, true, 0, expect.objectContaining({ name: 'LuaError' })],
    },
  ],
}

/** Both collectors, until finalization callbacks have run. */
async function collectAll(lua: LuaState): Promise<void> {
  setFlagsFromString('--expose-gc')
  const collectJs = runInNewContext('gc') as () => void
  for (let round = 0; round < 10; round++) {
    await nextTurn()
    collectJs()
    lua.collectGarbage()
  }
}
