import { join } from 'node:path'
import { loadLua, openStates } from '@vitest-pool-lua/state'
import type { LuaState } from '@vitest-pool-lua/state'
import { afterEach, describe, expect, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { luaGuard } from '../../../src/guards/lua.ts'
import type { LuaChoice, LuaGuard } from '../../../src/guards/lua.ts'
import { currentTest } from '../samples.ts'
import { temporaryProject } from '../temporary-project.ts'

const open = await loadLua('fengari')
const adds = currentTest('adds')
const FILE: LuaChoice = { runtime: 'fengari', open, scope: 'file', setup: undefined }
const SETTINGS = { packagePath: null, packageCPath: null, callLimit: null, stateMemory: null }

const guards: LuaGuard[] = []

afterEach(async () => {
  for (const guard of guards.splice(0)) await guard.close()
  if ([...openStates()].length > 0) throw new Error('A state outlived its guard')
})

const clock = createTestClock(10_000)

function guardWith(changes: Partial<LuaChoice> = {}, packagePath: readonly string[] | null = null): LuaGuard {
  const standard = { ...FILE, ...changes }
  const guard = luaGuard({
    settings: { ...SETTINGS, packagePath },
    clock,
    standard: () => standard,
    callLimit: () => undefined,
  })
  guards.push(guard)
  return guard
}

function endTest(guard: LuaGuard, alone = true): void {
  expect(guard.afterTest?.(adds, alone)).toEqual([])
}

test('no state is opened before it is touched', async () => {
  const guard = guardWith()
  endTest(guard)
  expect([...openStates()]).toEqual([])
  expect(await guard.close()).toEqual([])
})

test('the tests of a file share one state, which closes with the file', async () => {
  const guard = guardWith()
  const state = guard.state()
  state.execute('answer = 42')
  endTest(guard)
  expect(guard.state()).toBe(state)
  expect(guard.state().globals.answer).toBe(42)
  expect(await guard.close()).toEqual([])
  expect(state.closed).toBe(true)
})

test('with the scope of a test every test has a state of its own', () => {
  const guard = guardWith({ scope: 'test' })
  const first = guard.state()
  first.execute('answer = 42')
  expect(guard.state()).toBe(first)
  endTest(guard)
  expect(first.closed).toBe(true)
  expect(guard.state().globals.answer).toBeUndefined()
})

test('concurrent tests have a state each, which closes with its test', () => {
  const guard = guardWith({ scope: 'test' })
  const others = { name: { id: '2', fullName: 'others' }, timeout: 5_000 }
  const first = clock.within(adds, () => guard.state())
  const second = clock.within(others, () => guard.state())
  expect(second).not.toBe(first)
  expect(clock.within(adds, () => guard.state())).toBe(first)
  guard.afterTest?.(adds, false)
  expect([first.closed, second.closed]).toEqual([true, false])
  guard.afterTest?.(others, true)
  expect(second.closed).toBe(true)
})

test('a state that no single test can claim stays while tests run', () => {
  const guard = guardWith({ scope: 'test' })
  const state = guard.state()
  endTest(guard, false)
  expect(state.closed).toBe(false)
  endTest(guard)
  expect(state.closed).toBe(true)
})

test('a state that a test closed is followed by a fresh one', () => {
  const guard = guardWith()
  const first = guard.state()
  first.close()
  expect(guard.state()).not.toBe(first)
  expect(guard.state().closed).toBe(false)
})

describe('the setup', () => {
  test('runs on every fresh state, once', () => {
    const prepared: LuaState[] = []
    const guard = guardWith({ scope: 'test', setup: state => void prepared.push(state) })
    const first = guard.state()
    guard.state()
    endTest(guard)
    const second = guard.state()
    expect(prepared).toEqual([first, second])
  })

  test('that fails closes its state, and the next touch tries again', () => {
    const tried: LuaState[] = []
    const guard = guardWith({
      setup(state) {
        tried.push(state)
        if (tried.length === 1) state.execute('error("no stubs")')
      },
    })
    expect(() => guard.state()).toThrow('no stubs')
    expect(tried.map(({ closed }) => closed)).toEqual([true])
    expect(guard.state()).toBe(tried[1])
  })

  test('that returns a promise is refused, and its state closed', () => {
    const tried: LuaState[] = []
    const setup = async (state: LuaState): Promise<void> => {
      tried.push(state)
      await Promise.reject(new Error('later'))
    }
    const guard = guardWith({ setup: setup })
    expect(() => guard.state()).toThrow('The Lua setup returned a promise, but a state must be ready at once')
    expect(tried.map(({ closed }) => closed)).toEqual([true])
  })
})

describe('a choice', () => {
  const marked: LuaChoice = { ...FILE, setup: state => void state.execute('marked = true') }

  test('is what state() means until it ends', () => {
    const guard = guardWith()
    const standard = guard.state()
    const end = guard.choose(marked)
    expect(guard.state()).not.toBe(standard)
    expect(guard.state().globals.marked).toBe(true)
    end()
    expect(guard.state()).toBe(standard)
    expect(standard.closed).toBe(false)
  })

  test('finds its state again where it is made again', () => {
    const guard = guardWith()
    const end = guard.choose(marked)
    const state = guard.state()
    end()
    guard.choose({ ...marked })
    expect(guard.state()).toBe(state)
  })

  test('within another ends with the other in force', () => {
    const guard = guardWith()
    const endOuter = guard.choose(marked)
    const outer = guard.state()
    const endInner = guard.choose({ ...marked, scope: 'test' })
    expect(guard.state()).not.toBe(outer)
    endInner()
    expect(guard.state()).toBe(outer)
    endOuter()
    expect(guard.state().globals.marked).toBeUndefined()
  })

  test('of the scope of a test closes after the test, that of the file stays', () => {
    const guard = guardWith()
    const forFile = guard.state()
    const forTest = guard.state({ ...FILE, scope: 'test' })
    endTest(guard)
    expect([forFile.closed, forTest.closed]).toEqual([false, true])
  })
})

test('modules are found where packagePath says, and the files that were loaded are told', async () => {
  const root = temporaryProject({ 'lua/rules.lua': 'return { limit = 5 }', 'lua/more.lua': 'return 1' })
  const guard = guardWith({ scope: 'test' }, [join(root, 'lua/?.lua')])
  const first = guard.state()
  expect(first.require('rules').limit).toBe(5)
  endTest(guard)
  const second = guard.state()
  expect(second.require('more')).toBe(1)
  await guard.close()
  const files = [...first.loadedFiles, ...second.loadedFiles]
  expect(files).toEqual([join(root, 'lua/rules.lua'), join(root, 'lua/more.lua')])
})

test('a call may take as long as the limit says at that moment', async () => {
  let limit: number | undefined
  const standard = FILE
  const guard = luaGuard({
    settings: SETTINGS,
    clock,
    standard: () => standard,
    callLimit: () => limit,
  })
  guards.push(guard)
  const count = 'local n = 0 for i = 1, 1000 do n = n + i end return n'
  expect(guard.state().execute(count)).toBe(500_500)
  limit = 50
  expect(() => guard.state().execute('while true do end')).toThrow(
    expect.objectContaining({ name: 'LuaTimeoutError' }),
  )
})
