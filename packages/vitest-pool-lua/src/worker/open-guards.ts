/** Opens the guards of a file, and puts in force what `vitest-pool-lua/test` needs. */
import inspector from 'node:inspector'
import { resolve } from 'node:path'
import type { TestClock } from '../guards/current-test.ts'
import { projectDisposers } from '../guards/disposers.ts'
import { enginesGuard } from '../guards/engines.ts'
import type { EnginesGuard } from '../guards/engines.ts'
import { trackEngines } from '../guards/engines/track.ts'
import { isolate } from '../guards/guard.ts'
import type { Isolation } from '../guards/guard.ts'
import { putInForce } from '../guards/in-force.ts'
import type { WorkerGuards } from '../guards/in-force.ts'
import { luaGuard } from '../guards/lua.ts'
import { openers, trackStates } from '../guards/lua-states.ts'
import type { LuaChoice, LuaGuard, LuaSetup, OpenLua } from '../guards/lua.ts'
import { ownStateOptions } from '../guards/state-options.ts'
import type { CallLimit } from '../guards/state-options.ts'
import { processesGuard } from '../guards/processes/guard.ts'
import type { ProcessesGuard } from '../guards/processes/guard.ts'
import { programsGuard } from '../guards/programs.ts'
import { releasedGuards } from '../guards/released/guard.ts'
import { registriesGuard } from '../guards/registries/guard.ts'
import type { RegistriesGuard, RegistrySource } from '../guards/registries/guard.ts'
import { loadRegistries } from '../guards/registries/load.ts'
import { keepStackFormat } from '../guards/stack-text.ts'
import { InvariantError } from '../errors.ts'
import { findingError } from '../protocol/finding-error.ts'
import type { Boot } from '../protocol/message.ts'
import type { Journal } from './journal.ts'
import type { LateFailures } from './late-failures.ts'
import { loadSetup } from './load-setup.ts'
import type { TaskError } from './tasks.ts'
import type { ModuleRunner, WorkerState } from './upstream.ts'

export interface FileGuards extends Guards {
  readonly isolation: Isolation
  /**
   * Waits for the runtime, and imports the modules that the settings name, through the tests' own module graph.
   * @throws what they throw: it fails the file as a setup file would
   */
  load(): Promise<void>
}

interface Guards {
  readonly lua: LuaGuard
  readonly registries: RegistriesGuard
  readonly engines: EnginesGuard
  readonly processes: ProcessesGuard
  /** How many connections the system still keeps, when all is closed. */
  timeWait(this: void): number
  /** What fails the file, whatever the severity of a finding. */
  readonly failures: readonly TaskError[]
  /** Every Lua state that was opened while the file ran. */
  readonly states: readonly { readonly loadedFiles: ReadonlySet<string> }[]
}

export interface OpenGuardsOptions {
  readonly boot: Boot
  /** The settings' runtime, which is being loaded. */
  readonly openLua: Promise<OpenLua>
  readonly clock: TestClock
  readonly state: WorkerState
  readonly modules: ModuleRunner
  readonly journal: Journal
  readonly failures: LateFailures
  post(message: unknown): void
}

export function openGuards(options: OpenGuardsOptions): FileGuards {
  const { boot, clock } = options
  const { settings } = boot
  keepStackFormat()
  const sources: RegistrySource[] = []
  let loaded: LuaChoice | undefined
  const standard = (): LuaChoice => {
    if (loaded === undefined)
      throw new InvariantError('A Lua state was asked for before its runtime was loaded')
    return loaded
  }
  const processes = openProcesses(options)
  const engines = enginesGuard({ disposers: disposersOf(options) })
  const { settle } = settings
  const { descriptors, released, timeWait } = releasedGuards({
    tracking: trackEngines(engines, clock),
    settle,
  })
  const registries = registriesGuard(sources)
  const limit = callLimit(settings.callLimit, clock)
  const lua = luaGuard({ settings, clock, standard, callLimit: limit })
  const states = trackStates(engines, clock)
  const failures = options.failures.ofFile
  const guards = { lua, registries, engines, processes, states, timeWait, failures }
  const ownOptions: WorkerGuards['ownOptions'] = (runtime, given) =>
    ownStateOptions(settings, runtime, limit, given)
  bringInForce(guards, options, { standardChoice: standard, ownOptions })
  return {
    ...guards,
    isolation: isolate([
      released,
      processes,
      engines,
      registries,
      lua,
      programsGuard(processes, states),
      descriptors,
    ]),
    async load() {
      // First: the modules may open a state as they are imported.
      const open = await options.openLua
      const { runtime, scope } = settings
      loaded = { runtime, open, scope, setup: undefined }
      const modules = await loadModules(options)
      sources.push(...modules.sources)
      loaded = { ...loaded, setup: modules.setup }
    },
  }
}

function openProcesses(options: OpenGuardsOptions): ProcessesGuard {
  const { boot, clock, journal, failures } = options
  const { fileCookie, brand, settings } = boot
  return processesGuard({
    fileCookie,
    brand,
    settings,
    clock,
    spawned: spawn => journal.write({ type: 'spawned', spawn }),
    spared: process => options.post({ __vitest_pool_lua__: true, type: 'spared', ...process }),
    overTime: finding => failures.fail(finding.test, findingError(finding)),
  })
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
function callLimit(limit: number | null, clock: TestClock): CallLimit {
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
  standard: Pick<WorkerGuards, 'standardChoice' | 'ownOptions'>,
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
      openerOf: openers(settings, options.openLua),
      importSetup: path => loadSetup(resolve(settings.root, path), file => options.modules.import(file)),
      keep(pid) {
        processes.keep(pid)
        options.post({ __vitest_pool_lua__: true, type: 'keep', pid })
      },
    },
  })
}
