/**
 * A test file must leave nothing behind. Each guard watches one kind of thing.
 *
 *     const isolation = isolate([processes, engines, registries, lua])
 *     await isolation.beforeTest()
 *     // ... a test runs ...
 *     await isolation.afterTest()
 *     const discoveries = await isolation.close()
 *
 * Guards close last-opened first: Lua states may hold engines, and a live
 * engine may still own a process, so processes are counted last.
 */
import type { Discovery } from '../protocol/finding.ts'
import { guardFailure } from '../protocol/guard-failure.ts'
import type { CurrentTest } from './current-test.ts'
import { silenceErrors } from './silence-errors.ts'

export interface Guard {
  readonly name: string
  /** The file has been collected: what stands now belongs to it. */
  collected?(): Discovery[]
  /** No test is running and one is about to. */
  beforeTest?(): Discovery[]
  /** A test has ended, its hooks too. `alone` is false while others still run. */
  afterTest?(test: CurrentTest, alone: boolean): Discovery[]
  /** Whether close() may end what the test file still waits for. Default no. */
  holds?(): boolean
  /** Puts everything back, and says what was out of place. */
  close(): Discovery[] | Promise<Discovery[]>
}

export interface Isolation {
  collected(): void
  beforeTest(): void
  afterTest(test: CurrentTest, alone: boolean): void
  /** What all guards found, from the first test on. */
  close(): Promise<Discovery[]>
}

export function isolate(guards: readonly Guard[]): Isolation {
  const discoveries: Discovery[] = []
  const closing = guards.toReversed()
  const each = (step: (guard: Guard) => Discovery[] | undefined): void => {
    for (const guard of closing) discoveries.push(...attempt(guard, () => step(guard) ?? []))
  }
  return {
    collected: () => each(guard => guard.collected?.()),
    beforeTest: () => each(guard => guard.beforeTest?.()),
    afterTest: (test, alone) => each(guard => guard.afterTest?.(test, alone)),
    async close() {
      if (closing.some(holds)) await silenceErrors()
      for (const guard of closing) discoveries.push(...(await closeGuard(guard)))
      return discoveries.splice(0)
    },
  }
}

/** Where that cannot be said, close() says why. */
function holds(guard: Guard): boolean {
  try {
    return guard.holds?.() === true
  } catch {
    return true
  }
}

function attempt(guard: Guard, step: () => Discovery[]): Discovery[] {
  try {
    return step()
  } catch (cause) {
    return [guardFailed(guard.name, cause)]
  }
}

/** A guard that fails becomes a finding: the guards after it still close. */
async function closeGuard(guard: Guard): Promise<Discovery[]> {
  try {
    return await guard.close()
  } catch (cause) {
    return [guardFailed(guard.name, cause)]
  }
}

export function guardFailed(guard: string, cause: unknown): Discovery {
  return guardFailure(guard, cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause))
}
