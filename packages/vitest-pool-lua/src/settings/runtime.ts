/** The runtime, and the settings that only some runtimes serve. */
import { RUNTIMES, factsOf, unserved } from '../protocol/runtimes.ts'
import type { Runtime } from '../protocol/runtimes.ts'
import type { Settings } from '../protocol/settings.ts'
import { isPath, oneOf, patterns } from './checks.ts'
import { isInstalled } from './installed.ts'
import type { Problems } from './problem.ts'

type RuntimeSettings = Pick<Settings, 'runtime' | 'packageCPath' | 'stateMemory'>

export function runtimeSettings(
  given: Readonly<Record<string, unknown>>,
  stateMemory: number | null,
  root: string,
  problems: Problems,
): RuntimeSettings {
  const packageCPath = patterns(given.packageCPath, 'packageCPath', 'lib/?.so', root, problems) ?? null
  const demands = { packageCPath, stateMemory }
  const runtime = knownRuntime(given.runtime, problems)
  if (runtime === undefined) return { runtime: 'fengari', ...demands }
  checkInstalled(runtime, problems)
  problems.list.push(...unserved(runtime, demands))
  return { runtime, ...demands }
}

/** A module of the project's own is for later. */
function knownRuntime(value: unknown, problems: Problems): Runtime | undefined {
  const ownModule = typeof value === 'string' && isPath(value) ? [value] : []
  if (value === undefined) return 'fengari'
  return oneOf(value, 'runtime', RUNTIMES, problems, ownModule)
}

function checkInstalled(runtime: Runtime, problems: Problems): void {
  const { peer } = factsOf(runtime)
  if (peer === null || isInstalled(peer)) return
  problems.add(
    'runtime',
    `'${runtime}' needs the package ${peer}, which is not installed. Install it (npm install --save-dev ${peer}), or choose another runtime`,
  )
}
