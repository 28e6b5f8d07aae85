/**
 * The account of one file over all its workers: what Vitest has been told, how workers died, what was found, and what
 * follows from it for the file's own result and record.
 */
import type { Death } from '../../protocol/death.ts'
import type { Discovery, Finding } from '../../protocol/finding.ts'
import { findingErrors } from '../../protocol/finding-error.ts'
import { judge } from '../../protocol/judge.ts'
import type { Settings } from '../../protocol/settings.ts'
import { fileRecordOf } from '../../protocol/file-report.ts'
import type { FileIdentity } from '../../protocol/file-report.ts'
import type { TaskError, TaskResult } from '../../protocol/task-result.ts'
import type { AddedSnapshot } from '../../protocol/resume.ts'
import { completeRecord } from './file-record.ts'
import { monotonic, wallTime } from '../monotonic.ts'
import type { JournalState } from '../journal/journal-state.ts'
import { newsAfter, untold } from '../resume/news.ts'
import type { News } from '../resume/news.ts'
import type { Known, Plan } from '../resume/plan.ts'
import { Told } from '../resume/told.ts'
import type { FileTask } from './tasks.ts'
import type { Event, Pack, RpcRequest } from '../vitest-rpc.ts'

export class FileAccount {
  readonly told = new Told()
  readonly deaths: Death[] = []
  readonly pids: number[] = []
  readonly findings: Finding[] = []
  readonly luaFiles = new Set<string>()
  /** What failed the file itself. */
  readonly errors: TaskError[] = []
  /** The death after which the present worker is a fresh one; null for the first worker. */
  after: string | null = null
  readonly #identity: FileIdentity
  readonly #severities: Pick<Settings, 'findings' | 'allow'>
  readonly #began = monotonic()
  readonly #failedSuites: string[] = []
  readonly #snapshots = new Map<string, AddedSnapshot>()
  #attempts: ReadonlyMap<string, readonly TaskError[]> = new Map()

  constructor(identity: FileIdentity, severities: Pick<Settings, 'findings' | 'allow'>) {
    this.#identity = identity
    this.#severities = severities
  }

  /** Enters what was found, as far as it is to be told. Gives the errors that it makes of the file. */
  find(discoveries: readonly Discovery[]): TaskError[] {
    const found = judge(discoveries, this.#severities)
    this.findings.push(...found)
    return findingErrors(found)
  }

  /** ms since the file began. */
  elapsed(): number {
    return monotonic() - this.#began
  }

  /** What a worker tells Vitest, with what only this account knows; undefined where it is no news. */
  pass(request: RpcRequest): RpcRequest | undefined {
    const news = this.told.pass(request)
    if (news?.m !== 'onTaskUpdate') return news
    const [packs, ...rest] = news.a as [Pack[]]
    return {
      ...news,
      a: [packs.map(pack => (pack[0] === this.told.fileId ? this.#completed(pack) : pack)), ...rest],
    }
  }

  known(journal: JournalState): Known {
    const tests = new Map(this.told.tests)
    for (const { id, result } of untold(this.told, journal)) tests.set(id, result.state)
    return {
      tests,
      failedSuites: this.#failedSuites,
      attempts: this.#attempts,
      sequential: journal.sequential,
      after: this.after,
    }
  }

  /** Those of tests that have ended, the one that died among them: of this worker and of those before it. */
  keepSnapshots({ snapshots }: JournalState): readonly AddedSnapshot[] {
    for (const snapshot of snapshots) {
      const { key, options } = snapshot
      // A later attempt of a test makes the same ones again.
      if (this.told.tests.has(options.testId)) this.#snapshots.set(`${options.testId} ${key}`, snapshot)
    }
    return [...this.#snapshots.values()]
  }

  /** What follows from a plan, for Vitest to be told; it counts as told from now on. */
  follow(plan: Plan, file: FileTask, journal: JournalState): News {
    this.#failedSuites.push(...plan.suites.map(({ id }) => id))
    this.#attempts = plan.attempts
    this.errors.push(...plan.fileErrors)
    const ended = [...untold(this.told, journal), ...plan.tests]
    const news = newsAfter(this.told, file, plan, journal)
    this.told.enter(news.packs, news.events)
    // Also those of whose end there is no event, because all of their suite is skipped.
    for (const { id, result } of ended) this.told.tests.set(id, result.state)
    return news
  }

  /** The end of a file that no worker is left to tell of. `known` is what its last worker came to. */
  end(fileId: string, known: { readonly result: TaskResult; readonly meta: object } | null): News {
    const { told } = this
    const result = known?.result ?? { state: this.#state(), ...this.#timing() }
    const meta = { ...told.last.get(fileId)?.meta, ...known?.meta }
    const pack: Pack = [fileId, result, { ...meta, lua: fileRecordOf(meta) ?? null }]
    const prepare: Event[] = told.begun.has(fileId) ? [] : [[fileId, 'suite-prepare', undefined]]
    const ended = told.file === undefined ? 'suite-failed-early' : 'suite-finished'
    const events: Event[] = told.suites.has(fileId)
      ? []
      : [...(told.file === undefined ? [] : prepare), [fileId, ended, undefined]]
    told.enter([pack], events)
    return { packs: [this.#completed(pack)], events }
  }

  /** What is known now of a file whose end has been told: its record and, with findings that are errors, its result. */
  afterword(errors: readonly TaskError[]): News {
    const { fileId = '', last } = this.told
    const { result, meta } = last.get(fileId) ?? { result: undefined, meta: {} }
    this.errors.push(...errors)
    return { packs: [this.#completed([fileId, result, meta])], events: [] }
  }

  #completed([id, result, meta]: Pack): Pack {
    const hasRecord = 'lua' in meta
    const lua = hasRecord ? completeRecord(meta, this.#identity, this) : undefined
    return [id, this.#withErrors(result), hasRecord ? { ...meta, lua } : meta]
  }

  #withErrors(result: TaskResult | undefined): TaskResult | undefined {
    if (this.errors.length === 0 || result === undefined) return result
    const state = result.state === 'run' ? 'run' : 'fail'
    return { ...result, state, errors: [...this.errors, ...(result.errors ?? [])] }
  }

  #state(): string {
    const states = new Set(this.told.tests.values())
    if (this.errors.length > 0 || this.#failedSuites.length > 0 || states.has('fail')) return 'fail'
    return states.has('pass') ? 'pass' : 'skip'
  }

  #timing(): Pick<TaskResult, 'duration'> & { readonly startTime: number } {
    return { startTime: Math.round(wallTime(this.#began)), duration: this.elapsed() }
  }
}
