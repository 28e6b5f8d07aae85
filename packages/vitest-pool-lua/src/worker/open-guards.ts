/** Opens the guards of a file, and puts in force what `vitest-pool-lua/test` needs. */
import inspector from 'node:inspector'
import { resolve } from 'node:path'
import type { TestClock } from '../guards/current-test.ts'
import { projectDisposers } from '../guards/disposers.ts'
import { enginesGuard } from '../guards/engines.ts'
import type { EnginesGuard } from '../guards/engines.ts'
import { isolate } from '../guards/guard.ts'
import type { Isolation } from '../guards/guard.ts'
import { putInForce } from '../guards/in-force.ts'
import type { WorkerGuards } from '../guards/in-force.ts'
import { luaGuard } from '../guards/lua.ts'
import { openers, trackStates } from '../guards/lua-states.ts'
import type { LuaChoice, LuaGuard, LuaSetup, OpenLua } from '../guards/lua.ts'
import { processesGuard } from '../guards/processes.ts'
import type { ProcessesGuard } from '../guards/processes.ts'
import { registriesGuard } from '../guards/registries/guard.ts'
import type { RegistriesGuard, RegistrySource } from '../guards/registries/guard.ts'
import { loadRegistries } from '../guards/registries/load.ts'
import type { Boot } from '../protocol/message.ts'
import { loadSetup } from './load-setup.ts'
import type { ModuleRunner, WorkerState } from './upstream.ts'

export interface FileGuards extends Guards {
  readonly isolation: Isolation
  /**
   * Imports the modules that the settings name, through the tests' own module graph.
   * @throws what they throw: it fails the file as a setup file would
   */
  load(): Promise<void>
}

interface Guards {
  readonly lua: LuaGuard
  readonly registries: RegistriesGuard
  readonly engines: EnginesGuard
  readonly processes: ProcessesGuard
  /** Every Lua state that was opened while the file ran. */
  readonly states: readonly { readonly loadedFiles: ReadonlySet<string> }[]
}

export interface OpenGuardsOptions {
  readonly boot: Boot
  readonly openLua: OpenLua
  readonly clock: TestClock
  readonly state: WorkerState
  readonly modules: ModuleRunner
  post(message: unknown): void
}

export function openGuards(options: OpenGuardsOptions): FileGuards {
  const { boot, clock } = options
  const { settings } = boot
  const sources: RegistrySource[] = []
  let standard: LuaChoice = { open: options.openLua, scope: settings.scope, setup: undefined }
  const processes = processesGuard({ fileCookie: boot.fileCookie, settings, clock })
  const engines = enginesGuard({ disposers: disposersOf(options) })
  const registries = registriesGuard(sources)
  const limit = callLimit(settings.callLimit, clock)
  const lua = luaGuard({ settings, clock, standard: () => standard, callLimit: limit })
  const guards = { lua, registries, engines, processes, states: trackStates(engines, clock) }
  bringInForce(guards, options, { standardChoice: () => standard, callLimit: limit })
  return {
    ...guards,
    isolation: isolate([processes, engines, registries, lua]),
    async load() {
      const loaded = await loadModules(options)
      sources.push(...loaded.sources)
      standard = { ...standard, setup: loaded.setup }
    },
  }
}

interface LoadedModules {
  readonly setup: LuaSetup | undefined
  readonly sources: readonly RegistrySource[]
}

async function loadModules({ boot, modules }: OpenGuardsOptions): Promise<LoadedModules> {
  const { settings } = boot
  const importModule = (file: string) => modules.import(file)
  const [setup, sources] = await Promise.all([
    settings.setup === null ? undefined : loadSetup(settings.setup, importModule),
    loadRegistries(settings.registries, settings.root, importModule),
  ])
  return { setup, sources }
}

function disposersOf({ boot, state, modules }: OpenGuardsOptions) {
  return projectDisposers(boot.settings.engines, boot.settings.root, {
    isLoaded: file => state.evaluatedModules.fileToModulesMap.has(file),
    import: file => modules.import(file),
  })
}

/**
 * The part of a test's own time that one call may take: a tenth is left for
 * the test to fail with the call's error and not with Vitest's timeout.
 */
function callLimit(limit: number | null, clock: TestClock): () => number | undefined {
  return () => {
    if (inspector.url() !== undefined) return undefined
    if (limit !== null) return limit
    const left = clock.left()
    return left === undefined ? undefined : Math.max(left * 0.9, 50)
  }
}

function bringInForce(
  guards: Guards,
  options: OpenGuardsOptions,
  standard: Pick<WorkerGuards, 'standardChoice' | 'callLimit'>,
): void {
  const { lua, registries, engines, processes } = guards
  const { settings } = options.boot
  putInForce({
    engines,
    clock: options.clock,
    worker: {
      lua,
      registries,
      processes,
      ...standard,
      openerOf: openers(settings.runtime, options.openLua),
      importSetup: path => loadSetup(resolve(settings.root, path), file => options.modules.import(file)),
      keep(pid) {
        processes.keep(pid)
        options.post({ __vitest_pool_lua__: true, type: 'keep', pid })
      },
    },
  })
}
