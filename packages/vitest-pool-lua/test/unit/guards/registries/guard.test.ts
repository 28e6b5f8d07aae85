import { describe, expect, test } from 'vitest'
import { isolate } from '../../../../src/guards/guard.ts'
import { registriesGuard } from '../../../../src/guards/registries/guard.ts'
import type { KeyedRegistry, Registry } from '../../../../src/guards/registries/registry.ts'
import { currentTest, testName } from '../../samples.ts'
import { counted, keyed, plugin, plugins } from './plugins.ts'
import type { Plugin } from './plugins.ts'

const adds = currentTest('adds')

function guarding(all: Map<string, Plugin>, to: 'baseline' | 'empty' = 'baseline') {
  const registry = keyed(all)
  return registriesGuard([{ registries: () => [registry], to }])
}

test('what a test adds goes after it, and is told with the test', () => {
  const all = plugins('core')
  const guard = guarding(all)
  guard.collected?.()
  expect(guard.beforeTest?.()).toEqual([])
  all.set('late', plugin('late'))
  expect(guard.afterTest?.(adds, true)).toEqual([
    {
      kind: 'registry-grew',
      among: [],
      outcome: 'put back',
      registry: 'plugins',
      count: 1,
      added: ['late'],
      test: testName('adds'),
      at: null,
      text: 'the registry "plugins" had grown by 1: late; it was put back',
    },
  ])
  expect([...all.keys()]).toEqual(['core'])
})

test('what stood when the file had been collected survives, its values reset before each test', () => {
  const all = plugins()
  const guard = guarding(all)
  all.set('core', plugin('core', 5))
  guard.collected?.()
  guard.beforeTest?.()
  expect([...all.values()]).toEqual([{ name: 'core', calls: 0 }])
})

test('what a test removes comes back, which is no finding', () => {
  const all = plugins('core')
  const guard = guarding(all)
  guard.collected?.()
  all.clear()
  expect(guard.afterTest?.(adds, true)).toEqual([])
  expect([...all.keys()]).toEqual(['core'])
  expect(guard.putBack()).toBe(1)
})

test('what hooks added between tests goes before the next test, as nobody’s', () => {
  const all = plugins()
  const guard = guarding(all)
  guard.collected?.()
  all.set('late', plugin('late'))
  expect(guard.beforeTest?.()).toMatchObject([{ kind: 'registry-grew', test: null }])
  expect(all.size).toBe(0)
})

test('while other tests run nothing is taken from them; of concurrent ones nobody is blamed', () => {
  const all = plugins()
  const guard = guarding(all)
  guard.collected?.()
  all.set('late', plugin('late'))
  expect(guard.afterTest?.(adds, false)).toEqual([])
  expect(all.size).toBe(1)
  expect(guard.afterTest?.(currentTest('divides'), true)).toMatchObject([
    { test: null, among: ['adds', 'divides'], text: expect.stringContaining('while "adds", "divides" ran') },
  ])
  expect(all.size).toBe(0)
})

test('what came after the last test goes when the file ends', async () => {
  const all = plugins('core')
  const guard = guarding(all)
  guard.collected?.()
  all.set('late', plugin('late'))
  expect(await guard.close()).toMatchObject([{ kind: 'registry-grew', test: null, added: ['late'] }])
  expect([...all.keys()]).toEqual(['core'])
})

test('a registry that is wiped is empty before the first test, and that is no finding', () => {
  const all = plugins('core')
  const guard = guarding(all, 'empty')
  guard.collected?.()
  expect(all.size).toBe(0)
  expect(guard.beforeTest?.()).toEqual([])
  expect(guard.putBack()).toBe(0)
})

test('a registry that is put back several times is counted as often', () => {
  const all = plugins()
  const guard = guarding(all)
  guard.collected?.()
  for (let time = 0; time < 3; time += 1) {
    all.set('late', plugin('late'))
    guard.afterTest?.(adds, true)
    guard.beforeTest?.()
  }
  expect(guard.putBack()).toBe(3)
})

test('the first ten of many keys are told, and how many there were', () => {
  const all = plugins()
  const guard = guarding(all)
  guard.collected?.()
  for (let number = 1; number <= 12; number += 1) all.set(`p${number}`, plugin('late'))
  const first = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7', 'p8', 'p9', 'p10']
  expect(guard.afterTest?.(adds, true)).toMatchObject([
    {
      count: 12,
      added: [...first, 'p11', 'p12'],
      text: `the registry "plugins" had grown by 12: ${first.join(', ')}, ...; it was put back`,
    },
  ])
})

test('a registry without keys is told by its number', () => {
  const all = plugins()
  const registry = counted(all)
  const guard = registriesGuard([{ registries: () => [registry], to: 'baseline' }])
  guard.collected?.()
  all.set('late', plugin('late')).set('later', plugin('later'))
  expect(guard.afterTest?.(adds, true)).toMatchObject([
    { count: 2, added: [], text: 'the registry "plugins" had grown by 2; it was cleared' },
  ])
})

test('a registry whose library is loaded by a test began empty', () => {
  const all = plugins()
  const registry = keyed(all)
  const loaded: Registry[] = []
  const guard = registriesGuard([{ registries: () => loaded, to: 'baseline' }])
  guard.collected?.()
  loaded.push(registry)
  all.set('late', plugin('late'))
  expect(guard.afterTest?.(adds, true)).toMatchObject([{ added: ['late'], test: testName('adds') }])
  expect(all.size).toBe(0)
})

describe('a registry that a test file names', () => {
  test('at its module level stands as it is when the file has been collected', () => {
    const all = plugins('core')
    const guard = registriesGuard([])
    guard.add(keyed(all))
    all.set('more', plugin('more'))
    guard.collected?.()
    expect(guard.beforeTest?.()).toEqual([])
    expect([...all.keys()]).toEqual(['core', 'more'])
  })

  test('inside of a test stands as it is then', () => {
    const all = plugins('core')
    const guard = registriesGuard([])
    guard.collected?.()
    guard.add(keyed(all))
    all.set('late', plugin('late'))
    expect(guard.afterTest?.(adds, true)).toMatchObject([{ added: ['late'] }])
    expect([...all.keys()]).toEqual(['core'])
  })
})

describe('a registry that fails', () => {
  const broken: KeyedRegistry = {
    name: 'broken',
    entries: () => {
      throw new Error('not connected')
    },
    remove() {},
  }

  test('when it is put back is a finding, and the others are put back', () => {
    const all = plugins('core')
    let connected = true
    const failing = { ...broken, entries: () => (connected ? [] : broken.entries()) }
    const good = keyed(all)
    const guard = registriesGuard([{ registries: () => [failing, good], to: 'baseline' }])
    guard.collected?.()
    connected = false
    all.set('late', plugin('late'))
    expect(guard.afterTest?.(adds, true)).toMatchObject([
      { kind: 'guard-failed', guard: 'registry broken', error: 'Error: not connected' },
      { kind: 'registry-grew', registry: 'plugins' },
    ])
  })

  test('when the file has been collected does not cost the others what stands', async () => {
    const all = plugins('core')
    const good = keyed(all)
    const isolation = isolate([registriesGuard([{ registries: () => [broken, good], to: 'baseline' }])])
    isolation.collected()
    isolation.beforeTest()
    expect([...all.keys()]).toEqual(['core'])
    all.set('late', plugin('late'))
    isolation.afterTest(adds, true)
    expect([...all.keys()]).toEqual(['core'])
    expect(await isolation.close()).toContainEqual(
      expect.objectContaining({ kind: 'guard-failed', error: 'Error: not connected' }),
    )
  })
})
