import { describe, expect, test } from 'vitest'
import { suiteName, watchHooks } from '../../../src/worker/hooks.ts'
import type { WatchHook } from '../../../src/worker/hooks.ts'
import type { SuiteTask } from '../../../src/worker/tasks.ts'
import { addSuite, addTest, fileTask } from './tasks-as-vitest-makes-them.ts'

type Hooks = Record<string, ((...args: unknown[]) => unknown)[]>

const file = fileTask('/project/test/math.test.ts')
const numbers = addSuite(file, 'numbers')
const adds = addTest(numbers, 'adds')

function nothing(): void {}

/** Watched: what is said of each hook as it is called, and what the suites' hooks are then. */
function watched(own: ReadonlyMap<SuiteTask, Hooks>) {
  const said: string[] = []
  const watch: WatchHook = ({ hook, suite, test: of }, run) => {
    said.push(`${hook} of ${suite.name}${of === null ? '' : ` for ${of.name}`}`)
    return run()
  }
  watchHooks(file, suite => own.get(suite), watch)
  return said
}

test('every hook of a file and of the suites in it is watched, and is called as before', () => {
  const names = ['beforeAll', 'afterAll', 'beforeEach', 'afterEach', 'aroundAll', 'aroundEach']
  const hooks = (): Hooks =>
    Object.fromEntries(names.map(name => [name, [(...args: unknown[]) => [name, args]]]))
  const [ofFile, ofSuite] = [hooks(), hooks()]
  const said = watched(
    new Map([
      [file as SuiteTask, ofFile],
      [numbers, ofSuite],
    ]),
  )
  expect(names.map(name => ofFile[name]?.[0]?.(1, 2))).toEqual(names.map(name => [name, [1, 2]]))
  expect(ofSuite.afterEach?.[0]?.()).toEqual(['afterEach', []])
  expect(said).toEqual([...names.map(name => `${name} of math.test.ts`), 'afterEach of numbers'])
})

test('the lists that Vitest goes through stay the same', () => {
  const list = [() => 1, () => 2]
  watched(new Map([[file, { beforeEach: list }]]))
  expect(list.map(hook => hook())).toEqual([1, 2])
})

test('properties that Vitest has put on a hook are there', () => {
  const timeout = Symbol('timeout')
  const list = [Object.assign(() => {}, { [timeout]: 300 })]
  watched(new Map([[file, { beforeEach: list }]]))
  expect(Reflect.get(list[0] ?? {}, timeout)).toBe(300)
})

test('whose hook it is, is known from the context of the test', () => {
  const list: Hooks = { beforeEach: [() => {}], aroundEach: [() => {}] }
  const said = watched(new Map([[numbers, list]]))
  list.beforeEach?.[0]?.({ task: adds }, numbers)
  list.aroundEach?.[0]?.(() => {}, { task: adds }, numbers)
  list.beforeEach?.[0]?.(null, undefined)
  expect(said).toEqual([
    'beforeEach of numbers for adds',
    'aroundEach of numbers for adds',
    'beforeEach of numbers',
  ])
})

describe('what a hook returns', () => {
  test.each([
    ['beforeAll', 'afterAll'],
    ['beforeEach', 'afterEach'],
  ])('from %s is watched as %s', (before, after) => {
    const list: Hooks = { [before]: [() => (one: unknown) => `cleaned ${String(one)}`] }
    const said = watched(new Map([[file, list]]))
    const clean = list[before]?.[0]?.() as (one: string) => unknown
    expect(said).toEqual([`${before} of math.test.ts`])
    expect(clean('up')).toBe('cleaned up')
    expect(said).toEqual([`${before} of math.test.ts`, `${after} of math.test.ts`])
  })

  test('is watched too where it comes later', async () => {
    const list: Hooks = { beforeEach: [async () => () => 'cleaned'] }
    const said = watched(new Map([[file, list]]))
    const clean = (await list.beforeEach?.[0]?.({ task: adds })) as () => unknown
    expect(clean()).toBe('cleaned')
    expect(said).toEqual(['beforeEach of math.test.ts for adds', 'afterEach of math.test.ts for adds'])
  })

  test('from the others is theirs', () => {
    const list: Hooks = { afterEach: [() => nothing] }
    watched(new Map([[file, list]]))
    expect(list.afterEach?.[0]?.()).toBe(nothing)
  })
})

test('a file that could not be collected has no hooks', () => {
  expect(() => watched(new Map())).not.toThrow()
})

test('a suite is called by the names of those around it, and the file by none', () => {
  const small = addSuite(addSuite(fileTask('/a.test.ts'), 'numbers'), 'small')
  expect([suiteName(file), suiteName(small)]).toEqual(['', 'numbers > small'])
})
