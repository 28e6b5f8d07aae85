/**
 * The run of one file, over as many workers as it takes.
 *
 *     first worker ──dies──> verdict, plan, news to Vitest ──tests are left──> fresh worker ──> ...
 *          │                                              └──none is left──┐
 *     testfileFinished, held back ──> stop, end, sweep ────────────────────┴──> testfileFinished to Vitest
 *
 * Vitest holds one worker (worker-process.ts) and hears of one run: what it must not hear twice is kept back, and what
 * a dead worker could not say is said in its stead.
 */
import { judge } from '../protocol/judge.ts'
import { isWorkerMessage } from '../protocol/message.ts'
import type { Settings } from '../protocol/settings.ts'
import { relativeTo } from '../relative-to.ts'
import { placeOfBlocked } from './blocked/place-of-blocked.ts'
import { closeLife } from './close-life.ts'
import { findingErrors, closingFindings } from './closing-findings.ts'
import { FileAccount } from './file-account.ts'
import { begin } from './life.ts'
import type { Gone, Life } from './life.ts'
import { planAfter, resumeAfter, storyOf } from './resume/plan.ts'
import type { Situation } from './resume/plan.ts'
import { policyFor } from './resume/policy.ts'
import type { News } from './resume/news.ts'
import type { Run } from './run.ts'
import { tellDeath } from './tell-death.ts'
import { isBailReached, registerFile } from './upstream.ts'
import type { PoolOptions, WorkerRequest } from './upstream.ts'
import { whereIs } from './verdict.ts'
import { CallsToVitest, emptyAnswer, isRequest } from './vitest-rpc.ts'
import { watchLife } from './watch-life.ts'

export interface FileRunOptions {
  readonly options: PoolOptions
  readonly settings: Settings
  readonly run: Run
  /** Whom Vitest hears: 'message', 'error'. */
  emit(event: 'message' | 'error', value: unknown): void
}

type RunRequest = Extract<WorkerRequest, { type: 'run' | 'collect' }>

const FINISHED = { type: 'testfileFinished', __vitest_worker_response__: true }
const STOPPED = { type: 'stopped', __vitest_worker_response__: true }

export class FileRun {
  readonly #given: FileRunOptions
  readonly #calls: CallsToVitest
  #account: FileAccount | undefined
  #life: Life | undefined
  #unwatch: (() => void) | undefined
  #startMessage: WorkerRequest | undefined
  #request: RunRequest | undefined
  #phase: 'running' | 'closing' | 'over' = 'running'
  #stopped: unknown = STOPPED
  #cancelled = false
  #forced = false

  constructor(given: FileRunOptions) {
    this.#given = given
    this.#calls = new CallsToVitest(message => given.emit('message', message))
  }

  begin(): Life {
    const { emit } = this.#given
    const life = begin({
      ...this.#given,
      hear: (from, message) => this.#hear(from, message),
      failed: error => emit('error', error),
    })
    this.#life = life
    void life.gone.then(gone => this.#gone(life, gone))
    return life
  }

  send(message: WorkerRequest): void {
    if (this.#calls.takeAnswer(message)) return
    if ('m' in message && message.m === 'onCancel') this.#cancelled = true
    if (message.type === 'start') this.#startMessage = message
    if (message.type === 'run' || message.type === 'collect') this.#open(message)
    if (message.type === 'stop' && this.#phase === 'over') this.#given.emit('message', this.#stopped)
    else this.#life?.send(message)
  }

  /** By Vitest, when it is done with this worker or will not wait for it any longer. */
  async stop(): Promise<void> {
    this.#forced = true
    this.#unwatch?.()
    await this.#life?.end()
    await this.#life?.output.drain()
  }

  #open(request: RunRequest): void {
    const { settings, run } = this.#given
    this.#request = request
    const file = relativeTo(settings.runRoot, request.context.files[0]?.filepath ?? '')
    this.#account = new FileAccount({ run: run.id, runtime: settings.runtime, file })
    if (this.#life !== undefined) this.#watch(this.#life, this.#account)
  }

  #watch(life: Life, account: FileAccount): void {
    const { options, settings } = this.#given
    const { pid } = life.process
    if (pid === undefined) return
    account.pids.push(pid)
    const { hookTimeout } = options.project.config
    const { grace, collectLimit, workerMemory } = settings
    this.#unwatch = watchLife(pid, life.journal, {
      limits: { grace, collectLimit, hookTimeout },
      workerMemory,
      sampled: life.sampled,
      blocked: overdue => void this.#endBlocked(life, overdue),
      overMemory(rss) {
        life.ended = { cause: 'over-memory', rss, limit: workerMemory ?? 0 }
        life.process.kill('SIGKILL')
      },
    })
  }

  /** First its place, then its end. */
  async #endBlocked(
    life: Life,
    overdue: Parameters<Parameters<typeof watchLife>[2]['blocked']>[0],
  ): Promise<void> {
    if (this.#phase !== 'running') return
    const place = await placeOfBlocked(life.process, { lines: life.output.lines })
    life.ended = { cause: 'blocked', overdue, grace: this.#given.settings.grace ?? 0, place }
    life.process.kill('SIGKILL')
  }

  #hear(life: Life, message: unknown): void {
    if (life !== this.#life) return
    if (isWorkerMessage(message)) this.#given.run.kept.add(message.pid)
    else if (isRequest(message)) this.#hearCall(life, message)
    else this.#hearResponse(life, message as { readonly type: string })
  }

  #hearCall(life: Life, request: Parameters<FileAccount['pass']>[0]): void {
    const news = this.#account === undefined ? request : this.#account.pass(request)
    if (news === undefined) life.send(emptyAnswer(request))
    else this.#given.emit('message', news)
  }

  #hearResponse(life: Life, message: { readonly type: string }): void {
    const isFresh = (this.#account?.deaths.length ?? 0) > 0
    if (message.type === 'started' && isFresh) this.#resume(life)
    else if (message.type === 'testfileFinished') void this.#close(life, message)
    else if (message.type === 'stopped' && this.#phase === 'closing') return
    else this.#given.emit('message', message)
  }

  /** Vitest may go on when it hears of a file's end: whatever is to be said of the file is said before. */
  async #close(life: Life, finished: unknown): Promise<void> {
    this.#phase = 'closing'
    this.#unwatch?.()
    const { config } = this.#given.options.project.vitest
    const closed = await closeLife(life, config.teardownTimeout)
    this.#stopped = closed.stopped ?? STOPPED
    const account = this.#account
    if (account !== undefined && this.#request?.type === 'run') {
      if (!closed.asTold)
        account.deaths.push(tellDeath(life, closed.gone, this.#given.settings.runRoot).death)
      await this.#addFindings(account, life, closed.gone)
    }
    this.#finish(life, finished)
  }

  async #addFindings(account: FileAccount, life: Life, gone: Gone): Promise<void> {
    const { settings } = this.#given
    const found = judge(closingFindings(account.deaths, life.journal.state, gone.strays), settings)
    account.findings.push(...found)
    if (found.length === 0 && account.deaths.length === 0) return
    await this.#tell(account.afterword(findingErrors(found)))
  }

  #finish(life: Life, finished: unknown = FINISHED): void {
    life.journal.close()
    this.#phase = 'over'
    this.#given.emit('message', finished)
  }

  /** The end of a process that nobody asked for. */
  async #gone(life: Life, gone: Gone): Promise<void> {
    if (life !== this.#life || this.#phase !== 'running') return
    this.#unwatch?.()
    await life.output.drain()
    if (this.#forced) {
      this.#phase = 'over'
      this.#given.emit('message', this.#stopped)
    } else if (this.#request?.type === 'run' && this.#account !== undefined) {
      await this.#died(life, gone, this.#account, this.#request)
    } else {
      const { words } = tellDeath(life, gone, this.#given.settings.runRoot).death
      this.#given.emit('error', new Error(`The worker ${words} before it had collected any test.`))
    }
  }

  async #died(life: Life, gone: Gone, account: FileAccount, request: RunRequest): Promise<void> {
    const told = tellDeath(life, gone, this.#given.settings.runRoot)
    const where = whereIs(life.journal.state)
    account.deaths.push(told.death)
    const { settings } = this.#given
    account.findings.push(...judge(gone.strays, settings))
    const { file } = account.told
    if (file === undefined || where.in === 'after-file') return this.#endFile(life, account, request)
    const { words } = told.death
    const question = { settings, deaths: account.deaths.length, where, words }
    const situation = { file, where, story: told.story }
    const known = account.known(life.journal.state)
    const plan = planAfter({
      ...situation,
      known,
      policy: policyFor({ ...question, cancelled: this.#cancelled }),
    })
    await this.#tell(account.follow(plan, file, life.journal.state))
    if (plan.goesOn && this.#goesOn()) return this.#goOn(life, account, storyOf(situation))
    await this.#giveUp(life, account, { ...situation, where: { in: 'after-file' } })
    await this.#endFile(life, account, request)
  }

  /** A death is a failed test: it may be one too many. */
  #goesOn(): boolean {
    const { vitest } = this.#given.options.project
    if (isBailReached(vitest)) void vitest.cancelCurrentRun('test-failure')
    return !this.#cancelled && !this.#forced
  }

  async #giveUp(
    life: Life,
    account: FileAccount,
    situation: Omit<Situation, 'known' | 'policy'>,
  ): Promise<void> {
    const journal = life.journal.state
    const policy = { rest: 'skipped', reason: 'The test run was aborted by the user.' } as const
    const plan = planAfter({ ...situation, known: account.known(journal), policy })
    await this.#tell(account.follow(plan, situation.file, journal))
  }

  async #endFile(life: Life, account: FileAccount, request: RunRequest): Promise<void> {
    const { project } = this.#given.options
    const filepath = request.context.files[0]?.filepath ?? ''
    const fileId = account.told.fileId ?? registerFile(project, filepath)
    await this.#tell(account.end(fileId, life.journal.state.closed))
    this.#finish(life)
  }

  #goOn(dead: Life, account: FileAccount, after: string): void {
    const journal = dead.journal.state
    this.#resumeWith = resumeAfter(account.known(journal), after, account.elapsed())
    dead.journal.close()
    const life = this.begin()
    if (this.#startMessage !== undefined) life.send(this.#startMessage)
    this.#watch(life, account)
  }

  #resumeWith: ReturnType<typeof resumeAfter> | undefined

  #resume(life: Life): void {
    if (this.#request === undefined) return
    life.send({ ...this.#request, context: { ...this.#request.context, lua: this.#resumeWith } })
  }

  async #tell({ packs, events }: News): Promise<void> {
    if (packs.length > 0) await this.#calls.call('onTaskUpdate', [packs, events])
  }
}
