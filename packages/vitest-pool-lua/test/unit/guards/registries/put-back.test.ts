import { describe, expect, test } from 'vitest'
import { takeBaseline } from '../../../../src/guards/registries/put-back.ts'
import { counted, keyed, plugin, plugins } from './plugins.ts'

const UNCHANGED = { added: [], count: 0, lost: [], changed: false }

describe('a registry with keys', () => {
  test('loses what came since, which is told by its keys', () => {
    const all = plugins('core')
    const baseline = takeBaseline(keyed(all), 'baseline')
    all.set('late', plugin('late')).set('later', plugin('later'))

    expect(baseline.restore()).toEqual({ added: ['late', 'later'], count: 2, lost: [], changed: true })
    expect([...all.keys()]).toEqual(['core'])
    expect(baseline.restore()).toEqual(UNCHANGED)
  })

  test('gets back what was removed, the same object', () => {
    const core = plugin('core')
    const all = new Map([['core', core]])
    const baseline = takeBaseline(keyed(all), 'baseline')
    all.clear()

    expect(baseline.restore()).toEqual({ added: [], count: 0, lost: [], changed: true })
    expect(all.get('core')).toBe(core)
    expect(baseline.restore()).toEqual(UNCHANGED)
  })

  test('gets back what was replaced', () => {
    const core = plugin('core')
    const all = new Map([['core', core]])
    const baseline = takeBaseline(keyed(all), 'baseline')
    all.set('core', plugin('core'))

    expect(baseline.restore()).toEqual({ added: [], count: 0, lost: [], changed: true })
    expect(all.get('core')).toBe(core)
  })

  test('of plain values that it can reset has only counted', () => {
    const counts = new Map([['jobs', 5]])
    const baseline = takeBaseline(
      {
        name: 'counts',
        entries: () => counts.entries(),
        remove: (key: unknown) => counts.delete(String(key)),
        reset: (key: unknown) => counts.set(String(key), 0),
      },
      'baseline',
    )
    counts.set('jobs', 7)
    expect(baseline.restore()).toEqual(UNCHANGED)
    expect(counts.get('jobs')).toBe(0)
    expect(baseline.restore()).toEqual(UNCHANGED)
  })

  test('has its values reset each time, which is no change', () => {
    const all = plugins('core')
    const baseline = takeBaseline(keyed(all), 'baseline')
    for (const calls of [3, 4]) {
      Object.assign(all.get('core') ?? {}, { calls })
      expect(baseline.restore()).toEqual(UNCHANGED)
      expect(all.get('core')).toEqual({ name: 'core', calls: 0 })
    }
  })

  test('has the values of what came back reset too', () => {
    const core = plugin('core', 7)
    const all = new Map([['core', core]])
    const baseline = takeBaseline(keyed(all), 'baseline')
    all.delete('core')
    baseline.restore()
    expect(core.calls).toBe(0)
  })

  test('is left as it was where nothing needs to be reset or brought back', () => {
    const all = plugins('core')
    const { name, entries, remove } = keyed(all)
    const baseline = takeBaseline({ name, entries, remove }, 'baseline')
    all.set('late', plugin('late'))
    expect(baseline.restore()).toMatchObject({ added: ['late'] })
    expect([...all.keys()]).toEqual(['core'])
  })

  test('which cannot bring anything back says so once', () => {
    const all = plugins('core')
    const { name, entries, remove } = keyed(all)
    const baseline = takeBaseline({ name, entries, remove }, 'baseline')
    all.clear()
    expect(baseline.restore()).toEqual({ added: [], count: 0, lost: ['core'], changed: true })
    expect(baseline.restore()).toEqual(UNCHANGED)
  })

  test('is wiped where it goes back to nothing', () => {
    const all = plugins('core')
    const baseline = takeBaseline(keyed(all), 'empty')
    expect(baseline.restore()).toEqual({ added: ['core'], count: 1, lost: [], changed: true })
    expect(all.size).toBe(0)
  })

  test('may have keys of any kind, and entries that are undefined', () => {
    const all = new Map<unknown, unknown>([[1, undefined]])
    const baseline = takeBaseline(
      { name: 'any', entries: () => all, remove: key => all.delete(key), add: (key, it) => all.set(key, it) },
      'baseline',
    )
    const symbol = Symbol('late')
    all.delete(1)
    all.set(symbol, undefined)
    expect(baseline.restore()).toEqual({ added: ['Symbol(late)'], count: 1, lost: [], changed: true })
    expect([...all]).toEqual([[1, undefined]])
  })
})

describe('a registry that can only be counted', () => {
  test('is cleared when it has grown', () => {
    const all = plugins()
    const baseline = takeBaseline(counted(all), 'baseline')
    all.set('late', plugin('late'))
    expect(baseline.restore()).toEqual({ added: [], count: 1, lost: [], changed: true })
    expect(all.size).toBe(0)
    expect(baseline.restore()).toEqual(UNCHANGED)
  })

  test('is left alone while it has not grown', () => {
    const all = plugins('core', 'more')
    const baseline = takeBaseline(counted(all), 'baseline')
    expect(baseline.restore()).toEqual(UNCHANGED)
    expect(all.size).toBe(2)
  })

  test('is cleared at once where it goes back to nothing', () => {
    const all = plugins('core')
    expect(takeBaseline(counted(all), 'empty').restore()).toMatchObject({ count: 1, changed: true })
    expect(all.size).toBe(0)
  })

  test('that held entries at first and was cleared is not put back again until it grows', () => {
    const all = plugins('core', 'more')
    const baseline = takeBaseline(counted(all), 'baseline')
    all.set('late', plugin('late'))
    expect(baseline.restore()).toMatchObject({ count: 1, changed: true })
    expect(baseline.restore()).toEqual(UNCHANGED)
  })

  test('that held entries at first and was cleared is told when it grows again', () => {
    const all = plugins('core', 'more')
    const baseline = takeBaseline(counted(all), 'baseline')
    all.set('late', plugin('late'))
    baseline.restore()
    all.set('later', plugin('later'))
    expect(baseline.restore()).toEqual({ added: [], count: 1, lost: [], changed: true })
  })
})
