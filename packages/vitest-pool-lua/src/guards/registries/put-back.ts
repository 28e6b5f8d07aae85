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
    const added = [...current].filter(([key, entry]) => !isIn(baseline, key, entry))
    const removed = [...baseline].filter(([key, entry]) => !isIn(current, key, entry))
    for (const [key] of added) registry.remove(key)
    if (registry.add === undefined) for (const [key] of removed) baseline.delete(key)
    else for (const [key, entry] of removed) registry.add(key, entry)
    for (const [key, entry] of baseline) registry.reset?.(key, entry)
    return {
      added: added.map(([key]) => String(key)),
      count: added.length,
      lost: registry.add === undefined ? removed.map(([key]) => String(key)) : [],
      changed: added.length + removed.length > 0,
    }
  }
  return { registry, restore }
}

function isIn(entries: ReadonlyMap<unknown, unknown>, key: unknown, entry: unknown): boolean {
  return entries.has(key) && entries.get(key) === entry
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
