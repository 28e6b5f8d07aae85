/** Deaths of workers in the middle of a file, as the plan is given them. */
import { death, testName } from '../../samples.ts'
import type { DeathStory } from '../../../../src/pool/resume/death-errors.ts'
import type { Known, Plan, Policy, Situation } from '../../../../src/pool/resume/plan.ts'
import type { FileTask } from '../../../../src/pool/file/tasks.ts'
import type { Where } from '../../../../src/pool/death/verdict.ts'
import type { HookName } from '../../../../src/protocol/journal.ts'
import { FILE_ID, idOf } from '../file/file-tasks.ts'

export function story(changes: Partial<DeathStory> = {}): DeathStory {
  return { death: death(), more: [], frames: '', culprit: null, timing: () => ({ duration: 7 }), ...changes }
}

export function inTests(...names: readonly string[]): Where {
  return { in: 'tests', tests: names.map(testName), hook: null }
}

/** @param suite its name; the file without one */
export function inSuiteHook(hook: HookName, suite?: string): Where {
  const suiteId = suite === undefined ? FILE_ID : idOf(suite)
  return {
    in: 'suite-hook',
    hook: { kind: 'hook', run: 1, hook, suite: suite ?? '', suiteId, test: null, at: 0, timeout: null },
  }
}

export interface KnownNames {
  /** The states of tests, by name. */
  readonly ended?: Readonly<Record<string, string>>
  /** Names of suites. */
  readonly sequential?: readonly string[]
  /** The words of the errors of earlier attempts, by the name of their test. */
  readonly attempts?: Readonly<Record<string, readonly string[]>>
  readonly after?: string | null
}

export function known({ ended = {}, sequential = [], attempts = {}, after = null }: KnownNames = {}): Known {
  return {
    tests: new Map(Object.entries(ended).map(([name, state]) => [idOf(name), state])),
    failedSuites: [],
    attempts: new Map(Object.entries(attempts).map(([name, words]) => [idOf(name), words.map(earlier)])),
    sequential: new Set(sequential.map(idOf)),
    after,
  }
}

function earlier(message: string) {
  return { name: 'WorkerDeath', message, stack: `WorkerDeath: ${message}` }
}

const RESUME: Policy = { rest: 'resume' }

export function situation(file: FileTask, where: Where, changes: Partial<Situation> = {}): Situation {
  return { file, where, known: known(), policy: RESUME, story: story(), ...changes }
}

/** A plan in a few words: the state of each test that has one now, and the first lines of its errors. */
export function results({ tests }: Plan): Record<string, readonly [string, ...string[]]> {
  return Object.fromEntries(
    tests.map(({ id, result }) => [
      id.replace('id of ', ''),
      [result.state, ...(result.errors ?? []).map(({ message }) => message.split('\n')[0] ?? '')] as const,
    ]),
  )
}
