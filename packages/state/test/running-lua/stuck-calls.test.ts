/** What is told of calls that go on although their limit is over. */
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { LuaTimeoutError, tellStuckCalls, type LuaOptions, type RuntimeName } from '../../src/index.ts'
import { onEveryRuntime } from '../every-runtime.ts'
import { thrownBy } from '../fresh-state.ts'
import { inspect } from './inspected.ts'
import { startProgram } from './start-program.ts'

vi.setConfig({ testTimeout: 60_000 })

const pattern = '("a"):rep(40):find(("a?"):rep(40) .. ("a"):rep(41))'
/** In ms: the process has come to what does not end by then, or it would be ended before. */
const callTimeout = 500
let folder: string

beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'stuck calls '))))
afterAll(() => rmSync(folder, { recursive: true }))

interface Stuck {
  readonly type: string
  readonly at: number
  readonly runtime: RuntimeName
  readonly frames: readonly { chunk: string; line: number; name: string | null }[]
}

/** Of a process that is stuck, and which it is. */
async function toldOf(runtime: RuntimeName, chunk: string, options: LuaOptions = {}) {
  const told = path.join(folder, `${runtime}.txt`)
  writeFileSync(told, '')
  const child = await startProgram({ runtime, chunk, options: { callTimeout, ...options }, told })
  await vi.waitUntil(() => child.exitCode !== null || readFileSync(told, 'utf8').endsWith('\n'), {
    timeout: 30_000,
    interval: 20,
  })
  const line = JSON.parse(readFileSync(told, 'utf8')) as Stuck
  expect(line).toMatchObject({ type: 'stuck-in-lua', runtime })
  const age = Number(process.hrtime.bigint()) / 1e6 - line.at
  expect(age).toBeGreaterThan(0)
  expect(age).toBeLessThan(30_000)
  const frames = line.frames.map(frame => `${frame.chunk}:${frame.line}`)
  return { child, frames }
}

test('on wasmoon a pattern that takes longer than its limit is told of, and can be looked into', async () => {
  const { child, frames } = await toldOf(
    'wasmoon',
    `local function f()\nreturn (${pattern}) end\nready()\nlocal x = f()`,
  )
  expect(frames).toEqual(['endless:2', 'endless:4'])
  const inspected = await inspect(child)
  const running = await inspected.evaluate('JSON.stringify(runningLua())')
  expect(JSON.parse(running as string)).toMatchObject([{ frames: [{ line: 2 }, { line: 4 }] }])
})

const native = ['luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4'] as const

describe.each(native)('on %s', runtime => {
  test('a pattern that takes longer than its limit is told of, over all coroutines', async () => {
    const gap = `${'\n'.repeat(300)}local _ = 1`.repeat(3)
    const chunk = `${gap}
      local function find(...)
        local a, b = ${pattern}
        return a, b
      end
      local t = setmetatable({}, { __index = function(t, k) return (pcall(find, t)) end })
      local inner = coroutine.create(function() local x = t.x end)
      ready()
      coroutine.wrap(function() callFromJs(function() coroutine.resume(inner) end) end)()`
    const { frames } = await toldOf(runtime, chunk)
    expect(frames).toEqual([903, 906, 907, 909, 909, 909].map(line => `endless:${line}`))
  })

  test('a finalizer that does not end is told of', async () => {
    const chunk = `ready()
      local function finalize()
        local x = ${pattern}
      end
      if newproxy then getmetatable(newproxy(true)).__gc = finalize else setmetatable({}, { __gc = finalize }) end
      collectgarbage() collectgarbage()`
    expect((await toldOf(runtime, chunk)).frames).toEqual(['endless:3', 'endless:6'])
  })

  test('a call without any function of Lua is told of too', async () => {
    const { frames } = await toldOf(runtime, 'ready() return string.find')
    expect(frames).toEqual([])
  })
})

describe('on luajit', () => {
  // A machine that is slow to compile it ends the call in the interpreter, where nothing is stuck.
  test('a loop that is compiled is told of', { retry: 3 }, async () => {
    const loop = 'local x = 0\nfor i = 1, 100 do\nx = x + i end\nfor i = 1, 1e18 do\nx = x + i end'
    const options = { jit: true }
    expect((await toldOf('luajit', `ready()\n${loop}`, options)).frames).toEqual(['endless:5'])
    const inCoroutine = `ready()\ncoroutine.wrap(function()\n${loop} end)()`
    expect((await toldOf('luajit', inCoroutine, options)).frames[0]).toBe('endless:6')
  })

  test('a function of C that waits is told of', async () => {
    const chunk =
      'local ffi = require("ffi")\nffi.cdef("unsigned sleep(unsigned)")\nready()\nffi.C.sleep(1000)'
    expect((await toldOf('luajit', chunk)).frames).toEqual(['endless:4'])
  })
})

await onEveryRuntime((fresh, runtime) => {
  test.skipIf(runtime === 'fengari')('calls that come to their end are told of only if they go on', () => {
    const told = path.join(folder, `${runtime} of this process.txt`)
    tellStuckCalls(openSync(told, 'a'))
    const lua = fresh({ callTimeout: 60 })
    const until = performance.now() + 30_000
    lua.globals.goOn = () => {
      while (readFileSync(told, 'utf8') === '' && performance.now() < until);
    }
    expect(thrownBy(() => lua.execute('while true do end'))).toBeInstanceOf(LuaTimeoutError)
    expect(readFileSync(told, 'utf8')).toBe('')
    expect(thrownBy(() => lua.execute('\ngoOn() while true do end'))).toBeInstanceOf(LuaTimeoutError)
    expect(readFileSync(told, 'utf8').split('\n')).toMatchObject([expect.stringContaining('"line":2'), ''])
  })
})
