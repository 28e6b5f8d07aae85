/**
 * Putting one registry back to what stood when the file had been collected.
 *
 *     const baseline = takeBaseline(registry, 'baseline')
 *     const change = baseline.restore()   // { added: ['jobs_total'], changed: true }
 */
import type { RegistryTarget } from '../../protocol/settings.ts'
import type { CountedRegistry, KeyedRegistry, Registry } from './registry.ts'
import { isKeyed } from './registry.ts'

export interface Change {
  /** Keys of what came since, as text. */
  readonly added: readonly string[]
  /** How many came since; for a counted registry it is all that is known. */
  readonly count: number
  /** Keys of what went and cannot come back, because the registry has no `add`; each is told once. */
  readonly lost: readonly string[]
  /** Whether anything had to be put back; values that were reset do not count. */
  readonly changed: boolean
}

export interface RegistryBaseline {
  readonly registry: Registry
  restore(): Change
}

export function takeBaseline(registry: Registry, to: RegistryTarget): RegistryBaseline {
  return isKeyed(registry) ? keyedBaseline(registry, to) : countedBaseline(registry, to)
}

function keyedBaseline(registry: KeyedRegistry, to: RegistryTarget): RegistryBaseline {
  const baseline = new Map(to === 'empty' ? [] : registry.entries())
  const restore = (): Change => {
    const current = new Map(registry.entries())
    const added = [...current.keys()].filter(key => !baseline.has(key))
    const gone = [...baseline.keys()].filter(key => !current.has(key))
    const replaced = [...baseline.keys()].filter(key => isReplaced(registry, baseline, current, key))
    for (const key of [...added, ...replaced]) registry.remove(key)
    const lost = registry.add === undefined ? [...gone, ...replaced] : []
    for (const key of [...gone, ...replaced]) registry.add?.(key, baseline.get(key))
    for (const key of lost) baseline.delete(key)
    for (const [key, entry] of baseline) registry.reset?.(key, entry)
    return {
      added: added.map(String),
      count: added.length,
      lost: lost.map(String),
      changed: added.length + gone.length + replaced.length > 0,
    }
  }
  return { registry, restore }
}

/** Another entry under the same key. A registry of plain values that can reset them has only counted. */
function isReplaced(
  registry: KeyedRegistry,
  baseline: ReadonlyMap<unknown, unknown>,
  current: ReadonlyMap<unknown, unknown>,
  key: unknown,
): boolean {
  const [before, after] = [baseline.get(key), current.get(key)]
  if (!current.has(key) || Object.is(before, after)) return false
  return registry.reset === undefined || isReference(before) || isReference(after)
}

function isReference(value: unknown): boolean {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** All that can be done for a registry without keys: clear it when its size has changed. */
function countedBaseline(registry: CountedRegistry, to: RegistryTarget): RegistryBaseline {
  let baseline = to === 'empty' ? 0 : registry.size()
  const restore = (): Change => {
    const count = registry.size() - baseline
    const changed = count !== 0
    if (changed) {
      registry.clear()
      baseline = registry.size()
    }
    return { added: [], count: Math.max(count, 0), lost: [], changed }
  }
  return { registry, restore }
}
