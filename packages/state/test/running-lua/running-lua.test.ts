import { expect, test } from 'vitest'
import { runningLua } from '../../src/index.ts'
import { onEveryRuntime } from '../every-runtime.ts'
import { thrownBy } from '../fresh-state.ts'

await onEveryRuntime((fresh, runtime) => {
  test('a callback sees where Lua is, and afterwards nothing runs', () => {
    const lua = fresh()
    let seen: unknown
    lua.globals.look = () => void (seen = runningLua())
    expect(runningLua()).toEqual([])
    lua.compile('local function f()\nlook()\nreturn 1 end\nlocal x = f()', { name: '/rules.lua' })()
    const frames = [
      { chunk: '/rules.lua', line: 2, name: 'f' },
      { chunk: '/rules.lua', line: 4, name: 'main chunk' },
    ]
    expect(seen).toEqual([{ runtime, frames }])
    expect(runningLua()).toEqual([])
  })

  test('coroutines that wait come after the one that runs, whoever resumed them', () => {
    const lua = fresh()
    let lines: number[] | undefined
    lua.globals.look = () => (lines = runningLua()[0]?.frames.map(({ line }) => line))
    lua.globals.resume = (coroutine: { resume: () => unknown }) => coroutine.resume()
    const chunk = `
      local inner = coroutine.create(function()
        coroutine.wrap(function() pcall(function() look() end) end)()
      end)
      coroutine.resume(coroutine.create(function() resume(inner) end))`
    lua.execute(chunk)
    expect(lines).toEqual([3, 3, 3, 5, 5])
    lua.execute('look()')
    expect(lines).toEqual([1])
  })

  test('of states that call each other the inner one comes first', () => {
    const [outer, inner] = [fresh(), fresh()]
    let lines: (number | undefined)[] = []
    inner.globals.look = () => (lines = runningLua().map(({ frames }) => frames[0]?.line))
    outer.globals.inner = () => inner.execute('\n\nlook()')
    outer.execute('\ninner()')
    expect(lines).toEqual([3, 2])
  })

  test('calls that failed or were ended run no more', () => {
    const lua = fresh({ callTimeout: 40 })
    lua.globals.fail = () => {
      throw new Error('failed')
    }
    for (const chunk of ['fail()', 'error("x")', 'while true do end', 'os.exit(1)', 'not Lua']) {
      thrownBy(() => lua.execute(chunk))
      expect(runningLua()).toEqual([])
    }
  })

  test('looking changes nothing for Lua', () => {
    const lua = fresh()
    lua.globals.look = () => void runningLua()
    const chunk =
      'look() local h = debug.gethook() local n = 0 for i = 1, 1e4 do look() n = n + i end return h, n'
    expect(lua.execute.all(chunk)).toEqual([undefined, 50_005_000])
  })

  test('a finalizer that runs while its state is closed is told of', ({ skip }) => {
    const lua = fresh()
    skip(!lua.capabilities.finalizers, 'no finalizer ever runs')
    let lines: unknown
    lua.globals.look = () => void (lines = runningLua()[0]?.frames.map(({ line }) => line))
    lua.execute(`
      local function finalize()
        look()
      end
      if newproxy then kept = newproxy(true) getmetatable(kept).__gc = finalize
      else kept = setmetatable({}, { __gc = finalize }) end`)
    lua.close()
    expect(lines).toEqual([3])
    expect(runningLua()).toEqual([])
  })
})
