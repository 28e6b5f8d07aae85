/**
 * The guards of engines, descriptors and processes, opened as a worker opens them.
 *
 *     const guards = await openGuards('all')
 *     aroundTest(guards)
 *     await closeAll(guards)
 */
import { randomUUID } from 'node:crypto'
import { loadPart } from './worker-parts.ts'

export interface Guard {
  readonly afterTest?: (test: object, alone: boolean) => unknown
  readonly beforeTest?: () => unknown
  readonly close: () => unknown
}

export type GuardsName = 'bare' | 'engines' | 'processes' | 'all'

interface Base {
  readonly enginesGuard: () => Guard
  readonly createTestClock: (hookTimeout: number) => object
  readonly replacingBuiltins: <T>(replace: () => T) => T
}

interface Engines {
  readonly trackEngines: (engines: Guard, clock: object) => object
  readonly releasedGuards: (options: { tracking: object; settle: number }) => {
    readonly descriptors: Guard
    readonly released: Guard
  }
}

interface Processes {
  readonly processesGuard: (options: object) => Guard
}

type Part = Base & Partial<Engines & Processes>

/** A worker is given its own by the main process. */
const FILE_COOKIE = randomUUID()
const TEST = { name: { id: '1', fullName: 'a test' }, timeout: 0 }

/** In the order in which they close; bare is the guard of the engines that tests name themselves. */
export async function openGuards(name: GuardsName): Promise<readonly Guard[]> {
  const part = await loadPart<Part>(name)
  return part.replacingBuiltins(() => openThose(part))
}

function openThose(part: Part): readonly Guard[] {
  const clock = part.createTestClock(1_000)
  const engines = part.enginesGuard()
  const tracking = openTracking(part, engines, clock)
  const guards = [tracking?.descriptors, engines, openProcesses(part, clock), tracking?.released]
  return guards.filter(guard => guard !== undefined)
}

function openTracking({ trackEngines, releasedGuards }: Part, engines: Guard, clock: object) {
  const tracking = trackEngines?.(engines, clock)
  return tracking && releasedGuards?.({ tracking, settle: 0 })
}

function openProcesses({ processesGuard }: Part, clock: object): Guard | undefined {
  const settings = {
    tier: process.platform === 'linux' ? 'proc' : 'tree',
    termAfter: 200,
    allow: [],
    processLimit: null,
  }
  return processesGuard?.({ fileCookie: FILE_COOKIE, settings, clock })
}

/** A test that leaves nothing: what the guards do around it. */
export function aroundTest(guards: readonly Guard[]): void {
  for (const guard of guards) guard.beforeTest?.()
  for (const guard of guards) guard.afterTest?.(TEST, true)
}

export async function closeAll(guards: readonly Guard[]): Promise<void> {
  for (const guard of guards) await guard.close()
}
