/**
 * What each test of a file opens, tracked as a worker does it:
 *
 *     const tracked = trackedEngines()
 *     test('...', async () => expect(await tracked.engines.close()).toEqual([]))
 */
import { afterEach, beforeEach } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../../src/guards/engines.ts'
import type { EnginesGuard } from '../../../../src/guards/engines.ts'
import { trackEngines } from '../../../../src/guards/engines/track.ts'
import type { Tracking } from '../../../../src/guards/engines/track.ts'

export interface Tracked {
  readonly engines: EnginesGuard
  readonly tracking: Tracking
}

/** Of the test that runs. Called where tests are collected. */
export function trackedEngines(clock = createTestClock(1_000)): Tracked {
  let now: Tracked | undefined
  beforeEach(() => {
    const engines = enginesGuard()
    now = { engines, tracking: trackEngines(engines, clock) }
  })
  afterEach(() => now?.tracking.close())
  const ofThisTest = (): Tracked => {
    if (now === undefined) throw new Error('No test runs')
    return now
  }
  return {
    get engines() {
      return ofThisTest().engines
    },
    get tracking() {
      return ofThisTest().tracking
    },
  }
}
