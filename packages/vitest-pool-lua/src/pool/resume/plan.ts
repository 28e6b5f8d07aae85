/**
 * What becomes of a file whose worker died: which results Vitest has still to be told, and what a fresh worker runs.
 * Pure: it looks at the file's tasks, at what is known of them, and at the death.
 */
import type { Resume } from '../../protocol/resume.ts'
import { withTestMeta } from '../../protocol/test-meta.ts'
import type { TaskError, TaskResult } from '../../protocol/task-result.ts'
import { findSuite, isToRun, nameOf, retriesOf, testsOf } from '../file/tasks.ts'
import type { FileTask, SuiteTask, TestTask } from '../file/tasks.ts'
import type { Where } from '../death/verdict.ts'
import { fileError, hookError, lostError, testError } from './death-errors.ts'
import type { DeathStory } from './death-errors.ts'

export interface Known {
  /** The states of tests that have a result, by id: told by Vitest or to be told. */
  readonly tests: ReadonlyMap<string, string>
  /** Ids of suites in which a hook failed. */
  readonly failedSuites: readonly string[]
  /** Of tests that died before and are tried again, by id. */
  readonly attempts: ReadonlyMap<string, readonly TaskError[]>
  readonly sequential: ReadonlySet<string>
  /** The death after which the worker that died was a fresh one; null for the first worker. */
  readonly after: string | null
}

/** What is done with the rest of the file. */
export type Policy =
  | { readonly rest: 'resume' }
  | { readonly rest: 'lost'; readonly reason: string }
  | { readonly rest: 'skipped'; readonly reason: string }

export interface Plan {
  readonly tests: readonly NewResult[]
  readonly suites: readonly { readonly id: string; readonly result: TaskResult }[]
  /** That fail the file itself. */
  readonly fileErrors: readonly TaskError[]
  readonly attempts: ReadonlyMap<string, readonly TaskError[]>
  /** Whether tests are left that a fresh worker should run. */
  readonly goesOn: boolean
}

export interface NewResult {
  readonly id: string
  readonly result: TaskResult
  readonly meta: object
}

export interface Situation {
  readonly file: FileTask
  readonly where: Where
  readonly known: Known
  readonly policy: Policy
  readonly story: DeathStory
}

export function planAfter(situation: Situation): Plan {
  const { file, policy } = situation
  const plan = new PlanInMaking(situation)
  plan.concern()
  plan.keepBlocksWhole()
  if (policy.rest !== 'resume') plan.giveUp(policy)
  return plan.finish(testsOf(file))
}

class PlanInMaking {
  readonly #situation: Situation
  readonly #tests = new Map<string, NewResult>()
  readonly #suites = new Map<string, TaskResult>()
  readonly #fileErrors: TaskError[] = []
  /** Of tests that are still to be tried again. */
  readonly #attempts: Map<string, readonly TaskError[]>

  constructor(situation: Situation) {
    const { attempts, tests } = situation.known
    this.#situation = situation
    this.#attempts = new Map([...attempts].filter(([id]) => !tests.has(id)))
  }

  /** Those whose death it is. */
  concern(): void {
    const { where, story } = this.#situation
    switch (where.in) {
      case 'tests':
        for (const { id } of where.tests) this.#died(id)
        break
      case 'suite-hook':
        this.#hookDied(where.hook.suiteId)
        break
      case 'booting':
      case 'collecting':
      case 'between':
        this.#fileErrors.push(fileError(story))
        break
      case 'after-file':
    }
  }

  /** A block that counts on its order is not resumed in its middle: nobody knows what its next test builds on. */
  keepBlocksWhole(): void {
    const { file, known, story } = this.#situation
    for (const id of known.sequential) {
      const block = findSuite(id, file)
      if (block === undefined || this.#open(block).length === 0 || !this.#hasBegun(block)) continue
      for (const test of this.#open(block)) this.#lose(test, lostError.inBlock(block.name, story))
    }
  }

  giveUp(policy: Exclude<Policy, { rest: 'resume' }>): void {
    for (const test of this.#open(this.#situation.file)) {
      if (policy.rest === 'lost') this.#lose(test, lostError.because(policy.reason))
      else this.#skip(test, policy.reason)
    }
  }

  finish(all: readonly TestTask[]): Plan {
    return {
      tests: [...this.#tests.values()],
      suites: [...this.#suites].map(([id, result]) => ({ id, result })),
      fileErrors: this.#fileErrors,
      attempts: this.#attempts,
      goesOn: all.some(test => this.#isOpen(test)),
    }
  }

  #died(id: string): void {
    const { file, where, known, story, policy } = this.#situation
    const test = testsOf(file).find(one => one.id === id)
    if (test === undefined || where.in !== 'tests' || known.tests.has(id)) return
    const others = where.tests.filter(other => other.id !== id)
    const errors = [...(this.#attempts.get(id) ?? []), testError(story, others, known.after)]
    if (errors.length <= retriesOf(test) && policy.rest === 'resume') this.#attempts.set(id, errors)
    else this.#fail(test, { state: 'fail', errors, retryCount: errors.length - 1, ...story.timing(id) })
  }

  /** Whether its worker could still tell the test's meta is chance: that it was a fresh one is known here. */
  #fail(test: TestTask, result: TaskResult): void {
    const { known } = this.#situation
    this.#set(test, result, known.after === null ? test.meta : withTestMeta(test.meta, { resumed: true }))
  }

  /** As Vitest does where a hook throws: the suite fails, and what of it has not run is skipped. */
  #hookDied(suiteId: string): void {
    const { file, story } = this.#situation
    const suite = findSuite(suiteId, file) ?? file
    for (const test of this.#open(suite)) this.#skip(test)
    if (suite === file) this.#fileErrors.push(hookError(story))
    else this.#suites.set(suite.id, { state: 'fail', errors: [hookError(story)] })
  }

  #lose(test: TestTask, error: TaskError): void {
    const errors = [...(this.#attempts.get(test.id) ?? []), error]
    this.#set(test, { state: 'fail', errors }, withTestMeta(test.meta, { lost: true }))
  }

  /** One that has killed a worker, and cannot be tried again, has failed. */
  #skip(test: TestTask, note?: string): void {
    const errors = this.#attempts.get(test.id)
    if (errors === undefined) this.#set(test, { state: 'skip', note })
    else this.#set(test, { state: 'fail', errors, retryCount: errors.length - 1 })
  }

  #set({ id, meta }: TestTask, result: TaskResult, withMeta: object = meta): void {
    this.#attempts.delete(id)
    this.#tests.set(id, { id, result, meta: withMeta })
  }

  #open(suite: SuiteTask): TestTask[] {
    return testsOf(suite).filter(test => this.#isOpen(test))
  }

  #isOpen(test: TestTask): boolean {
    return isToRun(test) && !this.#situation.known.tests.has(test.id) && !this.#tests.has(test.id)
  }

  #hasBegun(suite: SuiteTask): boolean {
    const all = testsOf(suite).filter(isToRun)
    return all.some(test => !this.#isOpen(test) || this.#attempts.has(test.id))
  }
}

export function resumeAfter(
  known: Known,
  after: string,
  { tests, elapsed, snapshots }: Pick<Resume, 'tests' | 'elapsed' | 'snapshots'>,
): Resume {
  const finished = [...known.tests].map(([id, state]): [string, 'pass' | 'fail' | 'skip'] => [
    id,
    state === 'pass' || state === 'fail' ? state : 'skip',
  ])
  return {
    tests,
    finished: Object.fromEntries(finished),
    failedSuites: known.failedSuites,
    attempts: Object.fromEntries(known.attempts),
    after,
    elapsed,
    snapshots,
  }
}

/** In words, for those who come after: its worker died in "x". */
export function storyOf({ where, file, story }: Pick<Situation, 'where' | 'file' | 'story'>): string {
  if (where.in !== 'tests') return story.death.words
  const names = where.tests.map(({ id }) => testsOf(file).find(test => test.id === id))
  const tests = names.flatMap(test => (test === undefined ? [] : [`"${nameOf(test, file).fullName}"`]))
  return `${story.death.words} in ${tests.join(', ')}`
}
