/**
 * The plugin, which is all that most projects use of this package, and the
 * pool for those who configure pools by hand.
 *
 *     export default defineConfig({ plugins: [lua({ setup: './test/lua.setup.ts' })] })
 */
import type { Plugin } from 'vitest/config'
import type { VitestPluginContext } from 'vitest/node'
import { equip, openHost } from './equip.ts'
import { OWN_MODULES, isInternalFrame } from './guards/own-modules.ts'
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
    config: () => ({ test: { server: { deps: { external: [OWN_MODULES] } } } }),
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
  const settings = resolveSettings(options, project.config.root, { runRoot: vitest.config.root })
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
function conflicts({ config }: TestProject): Problem[] {
  const twice = config.pool === POOL_NAME
  const pool = twice
    ? 'it is this pool already: lua() is listed twice, or luaPool() stands beside it. Keep one of them'
    : `got "${config.pool}", but lua() brings a pool of its own. Remove this setting, or the plugin`
  const isolate =
    'got false, but lua() gives each test file a process of its own. Remove this setting, or the plugin'
  return [
    ...(config.pool === 'forks' ? [] : [{ at: 'test.pool', says: pool }]),
    ...(config.isolate ? [] : [{ at: 'test.isolate', says: isolate }]),
  ]
}
