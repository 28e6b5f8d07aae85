/**
 * What the main process tells Vitest in a dead worker's stead: the results that had not been sent, those that the death
 * made, and the ends of suites of which nothing is left.
 */
import type { TaskResult } from '../../protocol/task-result.ts'
import type { JournalState } from '../journal/journal-state.ts'
import { isToRun, pathTo, suitesIn, testsOf } from '../file/tasks.ts'
import type { FileTask, SuiteTask, TestTask } from '../file/tasks.ts'
import type { Event, Pack } from '../vitest-rpc.ts'
import type { Plan } from './plan.ts'
import type { Told } from './told.ts'

export interface News {
  readonly packs: readonly Pack[]
  readonly events: readonly Event[]
}

export function newsAfter(told: Told, file: FileTask, plan: Plan, journal: JournalState): News {
  const news = new NewsInMaking(told, file)
  for (const { id, result, meta } of untold(told, journal)) news.test(id, result, meta)
  for (const { id, result, meta } of plan.tests) news.test(id, result, meta)
  const results = new Map([
    ...journal.endedSuites,
    ...plan.suites.map(({ id, result }) => [id, result] as const),
  ])
  for (const suite of told.openSuites() as SuiteTask[])
    news.endIfDone(suite, results.get(suite.id), plan.goesOn)
  if (!plan.goesOn) news.rest()
  return news
}

export function untold(told: Told, journal: JournalState): JournalState['ended'] {
  return journal.ended.filter(({ id }) => !told.tests.has(id))
}

class NewsInMaking implements News {
  readonly packs: Pack[] = []
  events: Event[] = []
  readonly #told: Told
  readonly #file: FileTask
  readonly #states = new Map<string, string>()
  readonly #begun: Set<string>

  constructor(told: Told, file: FileTask) {
    this.#told = told
    this.#file = file
    this.#begun = new Set(told.begun)
  }

  test(id: string, result: TaskResult | undefined, meta: object): void {
    for (const suite of pathTo(id, this.#file)) this.#begin(suite.id, 'suite-prepare', suite)
    this.#event(id, 'test-prepare')
    this.packs.push([id, result, meta])
    this.#states.set(id, result?.state ?? 'skip')
    this.events.push([id, 'test-finished', undefined])
  }

  /** Of tests that are skipped no worker is left to tell. */
  rest(): void {
    for (const task of this.#file.tasks) if (task.type === 'test') this.#tell(task)
  }

  /** A fresh worker tells of suites of which it runs a part, and of those that are skipped as a whole. */
  endIfDone(suite: SuiteTask, known: TaskResult | undefined, goesOn: boolean): void {
    const tests = testsOf(suite)
    const toRun = tests.filter(isToRun)
    const isDone = toRun.every(({ id }) => this.#stateOf(id) !== undefined)
    if (!isDone || (goesOn && toRun.length === 0 && known === undefined)) return
    const result = known ?? { state: this.#sum(toRun) }
    if (result.state === 'skip') this.#hush(suite)
    else this.#tellRest(suite)
    for (const one of [...pathTo(suite.id, this.#file), suite]) this.#begin(one.id, 'suite-prepare', one)
    this.packs.push([suite.id, result, suite.meta])
    this.events.push([suite.id, 'suite-finished', undefined])
  }

  #sum(tests: readonly TestTask[]): string {
    const states = new Set(tests.map(({ id }) => this.#stateOf(id)))
    if (states.has('fail')) return 'fail'
    return states.has('pass') || tests.some(({ id }) => this.#told.tests.has(id)) ? 'pass' : 'skip'
  }

  #tellRest(suite: SuiteTask): void {
    for (const test of testsOf(suite)) this.#tell(test)
  }

  #tell({ id, result, meta }: TestTask): void {
    if (this.#stateOf(id) === undefined) this.test(id, result, meta)
  }

  /**
   * Of a suite that is skipped as a whole Vitest tells reporters by itself, and of all that is in it.
   * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/test-run.ts
   */
  #hush(suite: SuiteTask): void {
    const within = new Set([...testsOf(suite), ...suitesIn(suite)].map(({ id }) => id))
    this.events = this.events.filter(([id]) => !within.has(id))
  }

  #stateOf(id: string): string | undefined {
    return this.#told.tests.get(id) ?? this.#states.get(id)
  }

  #begin(id: string, event: string, { meta, result }: SuiteTask): void {
    if (this.#begun.has(id)) return
    this.packs.push([id, result ?? { state: 'run' }, meta])
    this.#event(id, event)
  }

  #event(id: string, event: string): void {
    if (this.#begun.has(id)) return
    this.#begun.add(id)
    this.events.push([id, event, undefined])
  }
}
