import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { LuaTimeoutError, type LuaState } from '../../../../src/index.ts'
import { theWatch } from '../../../../src/runtimes/wasmoon/watch/watch.ts'
import { thrownBy } from '../../../fresh-state.ts'
import { freshWasmoon, openWasmoon } from '../wasmoon-state.ts'

const sourceFlags = [
  '--experimental-strip-types',
  '--disable-warning=ExperimentalWarning',
  '--conditions=dev',
]
const loop = 'local function loop() while true do end end '
const isHooked = 'return (debug.gethook(coroutine.running()))'

function limited(limit = 60): LuaState {
  const lua = openWasmoon({ callTimeout: limit })
  onTestFinished(() => lua.close())
  return lua
}

describe('once the watch thread watches', () => {
  beforeAll(async () => {
    openWasmoon({ callTimeout: 60 }).close()
    await vi.waitUntil(() => theWatch()?.ready, 10_000)
  })

  test.each([
    ['an endless loop', 'while true do end'],
    ['a loop that swallows its end', `${loop} while true do pcall(loop) end`],
    ['coroutines for ever', `${loop} while true do coroutine.resume(coroutine.create(loop)) end`],
    ['coroutines inside coroutines', `${loop} coroutine.wrap(function() coroutine.wrap(loop)() end)()`],
    ['a message handler that loops', `${loop} xpcall(error, loop)`],
    ['a finalizer that loops', `${loop} setmetatable({}, { __gc = loop }) collectgarbage()`],
    ['a hook that loops', `${loop} debug.sethook(loop, 'l')\nlocal x = 1`],
    ['a loop of callbacks', 'while true do callback(1) end'],
    ['a loop that keeps C busy', 'while true do local s = ("abc"):rep(1000):gsub("b", "x") end'],
    ['a loop that makes garbage', 'while true do local t = { {}, "x" .. 1 } end'],
    ['recursion that swallows its end', 'local function f() while true do pcall(f) end end f()'],
  ])('%s ends at its limit, and the state goes on', (_, chunk) => {
    const lua = limited()
    lua.globals.callback = (x: number) => x
    expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaTimeoutError)
    expect(lua.execute('local n = 0 for i = 1, 10 do n = n + 1 end return n')).toBe(10)
  })

  test('the error tells where Lua was', () => {
    const error = thrownBy(() => limited().compile('local x\nwhile true do x = 1 end', { name: 'rules' })())
    expect(error).toMatchObject({ limit: 60, chunk: 'rules', line: 2 })
  })

  test('states that call each other each have their own limit', () => {
    const [outer, inner] = [limited(5_000), limited(60)]
    outer.globals.inner = () => thrownBy(() => inner.execute('while true do end')) instanceof LuaTimeoutError
    expect(outer.execute('return inner(), inner()')).toBe(true)
    expect(outer.eval('1 + 1')).toBe(2)
  })

  test('an outer call that is over its limit ends when the inner state comes back to it', () => {
    const [outer, inner] = [limited(60), freshWasmoon()]
    outer.globals.inner = () => inner.execute('local n = 0 for i = 1, 2e7 do n = n + 1 end return n')
    expect(thrownBy(() => outer.execute('while true do inner() end'))).toBeInstanceOf(LuaTimeoutError)
    expect(inner.eval('1 + 1')).toBe(2)
  })

  test('hundreds of calls that end at their limit leave the state usable', () => {
    const lua = limited(3)
    for (let round = 0; round < 100; round++) {
      const chunk = 'local t = {} while true do for i = 1, 100 do t[i] = { tostring(i) } end end'
      expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaTimeoutError)
    }
    expect(lua.eval('1 + 1')).toBe(2)
  })

  test('after a pause the thread wakes up for the next call', async () => {
    const lua = limited()
    await new Promise(resolve => setTimeout(resolve, 1_500))
    expect(thrownBy(() => lua.execute('while true do end'))).toBeInstanceOf(LuaTimeoutError)
  })

  test('Lua code finds no hook', () => {
    expect(limited().execute(isHooked)).toBeUndefined()
  })
})

test('the watch thread keeps no process from its end', () => {
  const program = fileURLToPath(new URL('limits-left-open.ts', import.meta.url))
  const ended = spawnSync(process.execPath, [...sourceFlags, program], { encoding: 'utf8', timeout: 60_000 })
  expect(ended).toMatchObject({ status: 0, stdout: 'LuaTimeoutError\n' })
})

test('in a worker thread, which cannot be watched, limits hold all the same', async () => {
  const worker = new Worker(new URL('limits-in-a-thread.ts', import.meta.url), {
    execArgv: sourceFlags,
  })
  const told = await new Promise((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await worker.terminate()
  expect(told).toEqual({ watched: false, ended: ['LuaTimeoutError', 'LuaTimeoutError'], after: 2 })
})
