import { describe, expect, test } from 'vitest'
import {
  defineRegistry,
  isKeyed,
  isRegistry,
  looksLikeRegistry,
} from '../../../../src/guards/registries/registry.ts'
import { takeBaseline } from '../../../../src/guards/registries/put-back.ts'
import { counted, keyed, plugins } from './plugins.ts'

const SHAPES =
  'A registry is { name, entries(), remove(key), add?(key, entry), reset?(key, entry) }, or { name, size(), clear() } where nothing finer exists. Add what is missing.'

/** As a user without TypeScript calls it. */
const define = defineRegistry as (definition: unknown) => unknown

test('a registry that is whole is given back as it is', () => {
  const whole = keyed(plugins())
  expect(define(whole)).toBe(whole)
  const countable = counted(plugins())
  expect(define(countable)).toBe(countable)
})

test.each([
  ['nothing', undefined, 'A registry lacks name, entries, remove'],
  ['a Map', new Map(), 'A registry lacks name, remove()'],
  ['a name alone', { name: 'plugins' }, 'The registry "plugins" lacks entries(), remove()'],
  ['no remove', { name: 'plugins', entries: () => [] }, 'The registry "plugins" lacks remove()'],
  ['no entries', { name: 'plugins', remove() {} }, 'The registry "plugins" lacks entries()'],
  ['no clear', { name: 'plugins', size: () => 0 }, 'The registry "plugins" lacks clear()'],
  ['no size', { name: 'plugins', clear() {} }, 'The registry "plugins" lacks size()'],
  ['no name', { entries: () => [], remove() {} }, 'A registry lacks name'],
  ['an empty name', { name: '', entries: () => [], remove() {} }, 'The registry "" lacks name'],
  [
    'a size that is no function',
    { name: 'plugins', size: 0, clear() {} },
    'The registry "plugins" lacks size()',
  ],
])('a definition with %s is refused with what is missing', (_, definition, says) => {
  expect(() => define(definition)).toThrow(
    expect.objectContaining({
      code: 'LUA_POOL_REGISTRY_INCOMPLETE',
      message: `${says}. ${SHAPES} [LUA_POOL_REGISTRY_INCOMPLETE]`,
    }),
  )
  expect(isRegistry(definition)).toBe(false)
})

test('methods of a class count as much as those of an object', () => {
  class Plugins {
    readonly name = 'plugins'
    entries(): [] {
      return []
    }
    remove(): void {}
  }
  expect(isRegistry(new Plugins())).toBe(true)
})

describe('looking for registries among the exports of a module', () => {
  test.each([
    ['a registry', keyed(plugins()), true],
    ['a registry that lacks a method', { name: 'plugins', entries: () => [] }, true],
    ['a Map', new Map(), false],
    ['a named value without methods', { name: 'plugins' }, false],
    ['a function', () => {}, false],
    ['a string', 'plugins', false],
    ['null', null, false],
  ])('%s was meant as one: %o', (_, value, expected) => {
    expect(looksLikeRegistry(value)).toBe(expected)
  })
})

test('a registry with keys is told from one that can only be counted', () => {
  expect(isKeyed(keyed(plugins()))).toBe(true)
  expect(isKeyed(counted(plugins()))).toBe(false)
})

test('a registry with keys may have a clear() of its own', () => {
  expect(isRegistry({ ...keyed(plugins()), clear() {} })).toBe(true)
})

test('a registry that tells its entries and can only be cleared is counted', () => {
  const all = plugins()
  const registry = { ...counted(all), entries: () => all.entries() }
  expect(isRegistry(registry)).toBe(true)
  const baseline = takeBaseline(registry, 'baseline')
  all.set('late', { name: 'late', calls: 0 })
  expect(baseline.restore()).toMatchObject({ count: 1, changed: true })
  expect(all.size).toBe(0)
})
