/** From the setting `registries` to sources of registries. */
import { relative } from 'node:path'
import { PoolError } from '../../errors.ts'
import type { RegistrySetting } from '../../protocol/settings.ts'
import type { RegistrySource } from './guard.ts'
import { promClientRegistries } from './prom-client.ts'
import { incomplete, isRegistry, looksLikeRegistry } from './registry.ts'
import type { Registry } from './registry.ts'

/**
 * Imports the modules that the settings name, through the tests' own module graph.
 * @throws PoolError `LUA_POOL_REGISTRY_NONE`, `LUA_POOL_REGISTRY_INCOMPLETE`
 */
export async function loadRegistries(
  settings: readonly RegistrySetting[],
  root: string,
  importModule: (file: string) => Promise<Record<string, unknown>>,
): Promise<RegistrySource[]> {
  return Promise.all(
    settings.map(async ({ source, to }) => {
      if (source === 'prom-client') return { registries: promClientRegistries, to }
      const registries = exportedRegistries(await importModule(source), relative(root, source))
      return { registries: () => registries, to }
    }),
  )
}

/** Every export, and every item of an exported array, that is a registry. */
function exportedRegistries(module: Record<string, unknown>, file: string): readonly Registry[] {
  const values = Object.values(module).flat()
  for (const value of values) {
    if (looksLikeRegistry(value) && !isRegistry(value)) throw incomplete(value)
  }
  const found = values.filter(isRegistry)
  if (found.length > 0) return found
  throw new PoolError(
    'LUA_POOL_REGISTRY_NONE',
    `registries names ${file}, which exports no registry; it exports ${Object.keys(module).join(', ') || 'nothing'}. Export one made by defineRegistry({ name, entries, remove }) of 'vitest-pool-lua/test'.`,
  )
}
