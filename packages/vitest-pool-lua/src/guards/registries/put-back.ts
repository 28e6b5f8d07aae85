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
    const added = [...current].filter(([key, entry]) => baseline.get(key) !== entry || !baseline.has(key))
    const removed = [...baseline].filter(([key, entry]) => current.get(key) !== entry || !current.has(key))
    for (const [key] of added) registry.remove(key)
    for (const [key, entry] of removed) bringBack(registry, key, entry)
    for (const [key, entry] of baseline) registry.reset?.(key, entry)
    return {
      added: added.map(([key]) => String(key)),
      count: added.length,
      changed: added.length + removed.length > 0,
    }
  }
  return { registry, restore }
}

function bringBack(registry: KeyedRegistry, key: unknown, entry: unknown): void {
  if (registry.add === undefined) {
    throw new Error(
      `a test removed "${String(key)}" from the registry "${registry.name}", which has no add(key, entry) to bring it back`,
    )
  }
  registry.add(key, entry)
}

/** All that can be done for a registry without keys: clear it when it has grown. */
function countedBaseline(registry: CountedRegistry, to: RegistryTarget): RegistryBaseline {
  const baseline = to === 'empty' ? 0 : registry.size()
  const restore = (): Change => {
    const count = registry.size() - baseline
    const changed = count !== 0
    if (changed) registry.clear()
    return { added: [], count: Math.max(count, 0), changed }
  }
  return { registry, restore }
}
