/** The guards of engines and descriptors, as the worker has them: built, and no part of the package's surface. */
const guards = new URL('../../../vitest-pool-lua/dist/guards/', import.meta.url)

interface Guard {
  readonly afterTest?: (test: object, alone: boolean) => unknown
  readonly beforeTest?: () => unknown
  readonly close: () => unknown
}

interface Tracking {
  readonly close: () => void
}

export interface TrackingModules {
  readonly trackEngines: (engines: Guard, clock: object) => Tracking
  readonly releasedGuards: (options: { tracking: Tracking; settle: number }) => {
    readonly descriptors: Guard
    readonly released: Guard
  }
}

interface BaseModules {
  readonly enginesGuard: () => Guard
  readonly createTestClock: (hookTimeout: number) => object
}

/** What a worker has loaded anyway. */
export async function loadBase(): Promise<BaseModules> {
  const [{ enginesGuard }, { createTestClock }] = (await Promise.all([
    load('engines.js'),
    load('current-test.js'),
    load('engine.js'),
    load('processes.js'),
    import('node:http'),
  ])) as [BaseModules, BaseModules, ...unknown[]]
  return { enginesGuard, createTestClock }
}

export async function loadTracking(): Promise<TrackingModules> {
  const [{ trackEngines }, { releasedGuards }] = (await Promise.all([
    load('engines/track.js'),
    load('released/guard.js'),
  ])) as [TrackingModules, TrackingModules]
  return { trackEngines, releasedGuards }
}

function load(name: string): Promise<unknown> {
  return import(new URL(name, guards).href)
}
