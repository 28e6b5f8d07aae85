import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../src/guards/engines.ts'
import { loadRuntime, openers, trackStates } from '../../../src/guards/lua-states.ts'
import { currentTest, testName } from '../samples.ts'

const open = await loadRuntime('fengari')
const FENGARI = { runtime: 'fengari', packageCPath: null, stateMemory: null } as const

test('each runtime is opened by one function, whoever asks', async () => {
  const openerOf = openers(FENGARI, Promise.resolve(open))
  expect(await openerOf('fengari')).toBe(open)
  expect(await openerOf('wasmoon')).toBe(await openerOf('wasmoon'))
})

test('a runtime that cannot serve the settings of the project is refused with what to do', async () => {
  const openerOf = openers({ ...FENGARI, runtime: 'luajit', stateMemory: 1e9 }, Promise.resolve(open))
  await expect(openerOf('fengari')).rejects.toThrow(
    "luaOptions chooses the runtime 'fengari', but the settings of the project have limits.stateMemory, and 'fengari' has no limit on memory; 'wasmoon', 'luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4' have. Choose one of those, or give the files of 'fengari' a project of their own (test.projects).",
  )
})

test('a state that a test leaves open is closed with the file, and told with test and line', async () => {
  const engines = enginesGuard()
  const clock = createTestClock(1_000)
  const states = trackStates(engines, clock)
  const left = clock.within(currentTest('leaves it'), () => open())
  const closed = clock.within(currentTest('closes it'), () => open())
  closed.close()

  expect(states).toEqual([left, closed])
  expect(await engines.close()).toMatchObject([
    {
      kind: 'engine-left-open',
      engine: 'Lua state (fengari)',
      outcome: 'disposed',
      test: testName('leaves it'),
      at: { file: fileURLToPath(import.meta.url) },
    },
  ])
  expect(left.closed).toBe(true)
  expect(engines.counts()).toEqual({ opened: 2, disposed: 2, left: 0 })
})
