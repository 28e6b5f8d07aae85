/**
 * Whether a package that a runtime needs is there, without loading it.
 *
 * It is looked for from where `@vitest-pool-lua/state` is, which will import it: under pnpm's strict layout that is
 * not where the project is. By hand, because `require.resolve` also looks into NODE_PATH, which pnpm sets for the
 * programs that it runs, and `import` does not.
 */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const STATE = import.meta.resolve('@vitest-pool-lua/state')

/** @param from the URL of the module that imports it */
export function isInstalled(name: string, from: string = STATE): boolean {
  // Yarn's Plug'n'Play has no folders to look into: there the worker tells.
  if ('pnp' in process.versions) return true
  return foldersAbove(fileURLToPath(from)).some(folder => existsSync(join(folder, 'node_modules', name)))
}

function foldersAbove(path: string): string[] {
  const folder = dirname(path)
  return folder === path ? [] : [folder, ...foldersAbove(folder)]
}
