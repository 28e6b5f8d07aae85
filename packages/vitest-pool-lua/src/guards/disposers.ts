/**
 * The project's own disposers: `engines: ['./src/db.ts#disposeAll']`.
 *
 * A disposer is called only where the tests loaded its module: what was never
 * imported has opened nothing, and importing it now might.
 */
import { relative } from 'node:path'
import { PoolError } from '../errors.ts'
import type { DisposerSetting } from '../protocol/settings.ts'

export interface Disposer {
  /** As the settings named it. */
  readonly name: string
  dispose(this: void): unknown
}

/** The module graph of the tests: their instances, not new ones. */
export interface TestModules {
  isLoaded(file: string): boolean
  import(file: string): Promise<Record<string, unknown>>
}

export function projectDisposers(
  settings: readonly DisposerSetting[],
  root: string,
  modules: TestModules,
): Disposer[] {
  return settings.map(({ file, exportName }) => {
    const name = `${relative(root, file)}#${exportName}`
    return { name, dispose: () => callExport(name, file, exportName, modules) }
  })
}

async function callExport(
  name: string,
  file: string,
  exportName: string,
  modules: TestModules,
): Promise<void> {
  if (!modules.isLoaded(file)) return
  const module = await modules.import(file)
  const dispose = module[exportName]
  if (typeof dispose !== 'function') throw notCallable(name, exportName, module)
  await dispose()
}

function notCallable(name: string, exportName: string, module: Record<string, unknown>): PoolError {
  const names = Object.keys(module).filter(key => typeof module[key] === 'function')
  return new PoolError(
    'LUA_POOL_ENGINES_NO_DISPOSER',
    `engines names "${name}", but "${exportName}" is ${typeof module[exportName]}; functions that the module exports: ${names.join(', ') || 'none'}. Export the disposer or mend its name.`,
  )
}
