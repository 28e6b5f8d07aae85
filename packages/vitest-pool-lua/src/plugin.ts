/**
 * The plugin, which is all that most projects use of this package, and the
 * pool for those who configure pools by hand.
 *
 *     export default defineConfig({ plugins: [lua({ setup: './test/lua.setup.ts' })] })
 */
import type { Plugin } from 'vitest/config'
import type { VitestPluginContext } from 'vitest/node'
import { equip, openHost } from './equip.ts'
import { isInternalFrame, ownModules } from './guards/own-modules.ts'
import { poolWith } from './pool/pool.ts'
import { checkVersions } from './pool/upstream.ts'
import type { PoolRunnerInitializer, TestProject, Vitest } from './pool/upstream.ts'
import { POOL_NAME } from './protocol/message.ts'
import type { LuaOptions, Settings } from './protocol/settings.ts'
import type { Problem } from './settings/problem.ts'
import { resolveSettings } from './settings/resolve-settings.ts'

/** @throws PoolError `LUA_POOL_SETTINGS_INVALID`, `LUA_POOL_VITEST_VERSION`, `LUA_POOL_NODE_VERSION` at start */
export function lua(options: LuaOptions = {}): Plugin {
  openHost()
  return {
    name: 'vitest-pool-lua',
    config: () => ({ test: { server: { deps: { external: [ownModules()] } } } }),
    configureVitest({ vitest, project }: VitestPluginContext) {
      checkVersions(vitest.version)
      if (isLeftAlone(project)) return
      const settings = resolveSettings(options, project.config.root, {
        runRoot: vitest.config.root,
        conflicts: conflicts(project),
      })
      const reporter = equip(project, settings)
      if (reporter !== undefined) vitest.config.reporters.push(reporter)
      usePool(project, settings)
    },
  }
}

/**
 * @example test: { pool: luaPool({ scope: 'test' }) }
 * @throws PoolError `LUA_POOL_SETTINGS_INVALID`, `LUA_POOL_VITEST_VERSION` when Vitest asks for the first worker
 */
export function luaPool(options: LuaOptions = {}): PoolRunnerInitializer {
  openHost()
  const known = new WeakMap<TestProject, Settings>()
  return poolWith(project => {
    const settings = known.get(project) ?? resolveByHand(options, project)
    known.set(project, settings)
    return settings
  })
}

/** By now Vitest has made its reporters: one that comes later must be introduced to it. */
function resolveByHand(options: LuaOptions, project: TestProject): Settings {
  const { vitest } = project
  checkVersions(vitest.version)
  const settings = resolveSettings(options, project.config.root, {
    by: 'luaPool',
    runRoot: vitest.config.root,
    conflicts: isolateConflicts(project, 'luaPool()', 'pool'),
  })
  const reporter = equip(project, settings)
  if (reporter !== undefined) {
    reporter.onInit(vitest)
    reportersOf(vitest).push(reporter)
  }
  return settings
}

/** Vitest's reporters of this run: not in its types. */
function reportersOf(vitest: Vitest): unknown[] {
  return Reflect.get(vitest, 'reporters') as unknown[]
}

function usePool(project: TestProject, settings: Settings): void {
  hideInternalFrames(project)
  project.config.pool = POOL_NAME
  project.config.poolRunner = poolWith(() => settings)
}

function hideInternalFrames({ config }: TestProject): void {
  const { onStackTrace } = config
  config.onStackTrace = (error, frame) => !isInternalFrame(frame.file) && onStackTrace?.(error, frame)
}

function isLeftAlone({ config }: TestProject): boolean {
  return config.browser.enabled || config.typecheck.only === true
}

/** The plugin takes the place of Vitest's default pool; one that was asked for is not silently replaced. */
function conflicts(project: TestProject): Problem[] {
  return [...poolConflicts(project.config.pool), ...isolateConflicts(project, 'lua()', 'plugin')]
}

function poolConflicts(pool: string): Problem[] {
  if (pool === 'forks') return []
  const says =
    pool === POOL_NAME
      ? 'it is this pool already: lua() is listed twice, or luaPool() stands beside it. Keep one of them'
      : `got "${pool}", but lua() brings a pool of its own${noThreads(pool)}. Remove this setting, or the plugin`
  return [{ at: 'test.pool', says }]
}

/** Said to who may want the speed of threads. */
function noThreads(pool: string): string {
  const isThreads = pool === 'threads' || pool === 'vmThreads'
  return isThreads
    ? ', of processes: nothing can end native Lua in a thread, and its crash would end the run'
    : ''
}

/** Without isolation one worker is given all files, but a worker of this pool runs one. */
function isolateConflicts({ config }: TestProject, by: string, what: string): Problem[] {
  if (config.isolate) return []
  const says = `got false, but ${by} gives each test file a process of its own. Remove this setting, or the ${what}`
  return [{ at: 'test.isolate', says }]
}
