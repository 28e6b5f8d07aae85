/**
 * Registries are put back, not wiped: what stands when the file has been
 * collected survives, its values reset; before and after each test what was
 * added since goes, and what was removed comes back.
 */
import type { Discovery, TestName } from '../../protocol/finding.ts'
import { registryGrewText } from '../../protocol/registry-grew.ts'
import type { RegistryTarget } from '../../protocol/settings.ts'
import type { Guard } from '../guard.ts'
import { guardFailed } from '../guard.ts'
import { takeBaseline } from './put-back.ts'
import type { Change, RegistryBaseline } from './put-back.ts'
import { isKeyed } from './registry.ts'
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
  const ran: TestName[] = []
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

  const restore = (baseline: RegistryBaseline, tests: readonly TestName[]): Discovery[] => {
    const change = baseline.restore()
    if (change.changed) putBack += 1
    const { registry } = baseline
    return [
      ...(change.count === 0 ? [] : [grew(registry, change, tests)]),
      ...(change.lost.length === 0 ? [] : [lost(registry.name, change.lost)]),
    ]
  }

  const restoreAll = (): Discovery[] => {
    const tests = ran.splice(0)
    // A library that was loaded since the file was collected began empty.
    for (const { registry } of untaken()) take(registry, 'empty')
    return [...baselines.values()].flatMap(baseline =>
      attempt(baseline.registry, () => restore(baseline, tests)),
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
    beforeTest: restoreAll,
    afterTest(test, alone) {
      ran.push(test.name)
      return alone ? restoreAll() : []
    },
    close: restoreAll,
  }
}

function lost(registry: string, keys: readonly string[]): Discovery {
  const cause = `a test removed ${keys.join(', ')}, which cannot come back: the registry has no add(key, entry)`
  return guardFailed(`registry ${registry}`, new Error(cause))
}

/** `tests` are those that ran since it was last put back: of several nobody knows which it was. */
function grew(registry: Registry, { added, count }: Change, tests: readonly TestName[]): Discovery {
  const grown = {
    registry: registry.name,
    count,
    added,
    among: tests.length > 1 ? tests.map(({ fullName }) => fullName) : [],
    outcome: isKeyed(registry) ? ('put back' as const) : ('cleared' as const),
  }
  const test = tests.length === 1 ? (tests[0] ?? null) : null
  return { kind: 'registry-grew', ...grown, test, at: null, text: registryGrewText(grown) }
}
