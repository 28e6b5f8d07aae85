/** Runs the fixture `deaths`, in which tests kill their workers. */
import { expect } from 'vitest'
import type { LuaOptions } from '../../src/protocol/settings.ts'
import { runVitest } from './run-vitest.ts'
import type { Run } from './run-vitest.ts'
import { readTold, toldOften } from './told.ts'
import type { Told } from './told.ts'
import type { Bed } from './vitests.ts'

/** Goes with every other reporter of the fixture. */
export const TOLD = '--reporter=./support/told-reporter.ts'

export interface DeathRun extends Run {
  readonly told: Told
}

/** Every task is told of once; what went wrong belongs to a test or a file. */
export async function runDeaths(bed: Bed, args: readonly string[], options?: LuaOptions): Promise<DeathRun> {
  const env = options === undefined ? {} : { LUA_OPTIONS: JSON.stringify(options) }
  const result = await runVitest(bed, 'deaths', { args, env })
  expect(result.code, result.stderr).toBe(1)
  const told = readTold(result.folder)
  expect(toldOften(told)).toEqual([])
  expect(told.errors).toEqual([])
  return { ...result, told }
}

export function errorsOf({ told }: DeathRun, task: string): readonly string[] {
  return told.tasks[task]?.errors ?? []
}
