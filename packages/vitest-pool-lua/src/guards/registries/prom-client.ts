/**
 * prom-client's default register, found where the tests have it.
 *
 * It is looked for among the modules that Node has loaded rather than imported:
 * a file that uses no metrics pays nothing, and several copies in one project
 * (a dependency with a version of its own) are each put back.
 */
import { createRequire } from 'node:module'
import type { KeyedRegistry } from './registry.ts'

/** What is used of it: https://github.com/siimon/prom-client/blob/v15.1.3/index.d.ts */
interface Register {
  getMetricsAsArray(): Metric[]
  removeSingleMetric(name: string): void
  registerMetric(metric: Metric): void
}

interface Metric {
  readonly name: string
  reset(): void
}

const { cache } = createRequire(import.meta.url)

/** One registry for each loaded copy; none where no copy is loaded. */
export function promClientRegistries(): KeyedRegistry<string, Metric>[] {
  return Object.keys(cache)
    .filter(path => /[\\/]prom-client[\\/]index\.js$/.test(path))
    .flatMap(path => {
      const exported = cache[path]?.exports as { register?: Register } | undefined
      return exported?.register === undefined ? [] : [registryOf(exported.register)]
    })
}

/** One registry object for each register: the guard knows it again by identity. */
const known = new WeakMap<Register, KeyedRegistry<string, Metric>>()

function registryOf(register: Register): KeyedRegistry<string, Metric> {
  const found = known.get(register) ?? promClientRegistry(register)
  known.set(register, found)
  return found
}

function promClientRegistry(register: Register): KeyedRegistry<string, Metric> {
  return {
    name: 'prom-client',
    entries: () => register.getMetricsAsArray().map(metric => [metric.name, metric] as const),
    remove: name => register.removeSingleMetric(name),
    add: (_name, metric) => register.registerMetric(metric),
    reset: (_name, metric) => metric.reset(),
  }
}
