/**
 * What a Vitest instance gets once, however many of its projects use the pool:
 * the reporter, the Lua files that tests loaded, the end of the engines that
 * globalSetup opened, and the sweep at its close.
 */
import { PoolError } from './errors.ts'
import { createTestClock } from './guards/current-test.ts'
import { enginesGuard } from './guards/engines.ts'
import { inForce, putInForce } from './guards/in-force.ts'
import { followLuaFiles } from './pool/lua-files.ts'
import { runOf } from './pool/run.ts'
import { sweepRun } from './pool/sweep-run.ts'
import type { TestProject, Vitest } from './pool/upstream.ts'
import { judge } from './protocol/judge.ts'
import { placeText } from './protocol/place-text.ts'
import type { Settings } from './protocol/settings.ts'
import { LuaReporter } from './report/reporter.ts'

/** On the resolved config, of which Vitest makes a new one at each restart in watch mode. */
const KEY = Symbol.for('vitest-pool-lua.output-file')

/**
 * @returns the reporter, where this call has made one
 * @throws PoolError `LUA_POOL_SETTINGS_OUTPUT_FILE` where two projects name different files
 */
export function equip({ vitest, name }: TestProject, settings: Settings): LuaReporter | undefined {
  const { outputFile, runtime, tier } = settings
  const run = runOf(vitest)
  run.runtimes.set(name, runtime)
  run.tiers.set(name, tier)
  const known = Reflect.get(vitest.config, KEY) as string | null | undefined
  if (known !== undefined) {
    if (outputFile !== known) throw outputFilesDiffer(known, outputFile)
    return undefined
  }
  Reflect.set(vitest.config, KEY, outputFile)
  const luaFiles = followLuaFiles(vitest)
  const reporter = new LuaReporter({
    outputFile,
    run,
    onRecord: (module, record) => luaFiles.loaded(module, record),
  })
  vitest.onClose(async () => {
    await closeHost(vitest, settings)
    const kept = await sweepRun(run)
    for (const told of kept) vitest.logger.warn(told)
  })
  return reporter
}

/** Makes `engine()` work in globalSetup, which runs in this process. */
export function openHost(): void {
  if (inForce() === undefined)
    putInForce({ engines: enginesGuard({ span: 'run' }), clock: createTestClock(0), worker: null })
}

/** Ends what globalSetup opened and its teardown did not: no test leaked it, so only a failure is told. */
async function closeHost(vitest: Vitest, settings: Settings): Promise<void> {
  const host = inForce()
  if (host?.worker !== null) return
  const failed = (await host.engines.close()).filter(
    found => !('outcome' in found) || found.outcome !== 'disposed',
  )
  for (const { kind, severity, text, at } of judge(failed, settings)) {
    const place = at === null ? '' : ` (${placeText(at)})`
    vitest.logger.warn(`${kind} in globalSetup: ${text}${place}`)
    if (severity === 'error') process.exitCode = 1
  }
}

function outputFilesDiffer(known: string | null, given: string | null): PoolError {
  return new PoolError(
    'LUA_POOL_SETTINGS_OUTPUT_FILE',
    `Two projects give lua() different outputFile settings: ${known ?? 'none'} and ${given ?? 'none'}. One run writes one report: give all projects the same.`,
  )
}
