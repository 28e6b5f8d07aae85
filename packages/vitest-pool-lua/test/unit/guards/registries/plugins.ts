/** Registries over a Map, as a project would define them. */
import type { CountedRegistry, KeyedRegistry } from '../../../../src/guards/registries/registry.ts'

export interface Plugin {
  readonly name: string
  calls: number
}

export function plugin(name: string, calls = 0): Plugin {
  return { name, calls }
}

export function keyed(all: Map<string, Plugin>): Required<KeyedRegistry<string, Plugin>> {
  return {
    name: 'plugins',
    entries: () => all.entries(),
    remove: key => all.delete(key),
    add: (key, entry) => all.set(key, entry),
    reset: (_key, entry) => (entry.calls = 0),
  }
}

export function counted(all: Map<string, Plugin>): CountedRegistry {
  return { name: 'plugins', size: () => all.size, clear: () => all.clear() }
}

export function plugins(...names: readonly string[]): Map<string, Plugin> {
  return new Map(names.map(name => [name, plugin(name)]))
}
