/**
 * Registries are put back, not wiped: what stands when the file has been
 * collected survives, its values reset; before and after each test what was
 * added since goes, and what was removed comes back.
 */
import type { Discovery, TestName } from '../../protocol/finding.ts'
import type { RegistryTarget } from '../../protocol/settings.ts'
import type { Guard } from '../guard.ts'
import { guardFailed } from '../guard.ts'
import { takeBaseline } from './put-back.ts'
import type { Change, RegistryBaseline } from './put-back.ts'
import type { Registry } from './registry.ts'

export interface RegistrySource {
  /** The registries that there are now: a library may be loaded late. */
  registries(this: void): readonly Registry[]
  readonly to: RegistryTarget
}

export interface RegistriesGuard extends Guard {
  /** A registry that a test file names itself. */
  add(registry: Registry): void
  /** How many times a registry had to be put back. */
  putBack(): number
}

/** `sources` may be filled until the file is collected. */
export function registriesGuard(sources: readonly RegistrySource[]): RegistriesGuard {
  const own: Registry[] = []
  const ownSource: RegistrySource = { registries: () => own, to: 'baseline' }
  const baselines = new Map<Registry, RegistryBaseline>()
  const broken = new Set<Registry>()
  let putBack = 0
  let isCollected = false

  const untaken = (): { registry: Registry; to: RegistryTarget }[] =>
    [...sources, ownSource]
      .flatMap(({ registries, to }) => registries().map(registry => ({ registry, to })))
      .filter(({ registry }) => !baselines.has(registry) && !broken.has(registry))

  /** A registry that fails is told once and left alone; those after it are still looked after. */
  const attempt = (registry: Registry, step: () => Discovery[]): Discovery[] => {
    try {
      return step()
    } catch (cause) {
      broken.add(registry)
      baselines.delete(registry)
      return [guardFailed(`registry ${registry.name}`, cause)]
    }
  }

  const take = (registry: Registry, to: RegistryTarget): RegistryBaseline => {
    const baseline = takeBaseline(registry, to)
    baselines.set(registry, baseline)
    return baseline
  }

  const restore = (baseline: RegistryBaseline, test: TestName | null): Discovery[] => {
    const change = baseline.restore()
    if (change.changed) putBack += 1
    const { name } = baseline.registry
    return [
      ...(change.count === 0 ? [] : [grew(name, change, test)]),
      ...(change.lost.length === 0 ? [] : [lost(name, change.lost)]),
    ]
  }

  const restoreAll = (test: TestName | null): Discovery[] => {
    // A library that was loaded since the file was collected began empty.
    for (const { registry } of untaken()) take(registry, 'empty')
    return [...baselines.values()].flatMap(baseline =>
      attempt(baseline.registry, () => restore(baseline, test)),
    )
  }

  return {
    name: 'registries',
    add(registry) {
      own.push(registry)
      if (isCollected) take(registry, 'baseline')
    },
    putBack: () => putBack,
    collected() {
      isCollected = true
      return untaken().flatMap(({ registry, to }) =>
        attempt(registry, () => {
          // What is wiped now was nobody's leak.
          take(registry, to).restore()
          return []
        }),
      )
    },
    beforeTest: () => restoreAll(null),
    afterTest: (test, alone) => (alone ? restoreAll(test.name) : []),
    close: () => restoreAll(null),
  }
}

function lost(registry: string, keys: readonly string[]): Discovery {
  const cause = `a test removed ${keys.join(', ')}, which cannot come back: the registry has no add(key, entry)`
  return guardFailed(`registry ${registry}`, new Error(cause))
}

function grew(registry: string, { added, count }: Change, test: TestName | null): Discovery {
  const names =
    added.length === 0 ? '' : `: ${added.slice(0, 10).join(', ')}${added.length > 10 ? ', ...' : ''}`
  const text = `the registry "${registry}" had grown by ${count}${names}; it was put back`
  return { kind: 'registry-grew', registry, count, added: added.slice(0, 10), test, at: null, text }
}
