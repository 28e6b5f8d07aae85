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
import { isWorkerMessage } from '../../protocol/message.ts'
import type { WorkerMessage } from '../../protocol/message.ts'
import type { Resume } from '../../protocol/resume.ts'
import type { Settings } from '../../protocol/settings.ts'
import { relativeTo } from '../../relative-to.ts'
import { closeLife } from '../life/close-life.ts'
import { closingFindings } from '../death/closing-findings.ts'
import { notePrinted, unsentLogs } from './console-logs.ts'
import { FileAccount } from './file-account.ts'
import { begin } from '../life/life.ts'
import type { Gone, Life } from '../life/life.ts'
import { newsOfEnd } from '../resume/settle-failed-run.ts'
import { settleDeath } from '../resume/settle-death.ts'
import type { News } from '../resume/news.ts'
import { projectOf } from '../run.ts'
import type { Run } from '../run.ts'
import { superviseLife } from '../life/supervise-life.ts'
import { tellDeath } from '../death/tell-death.ts'
import type { ToldDeath } from '../death/tell-death.ts'
import { isBailReached, isCancelling, registerFile } from '../upstream.ts'
import type { PoolOptions, WorkerRequest } from '../upstream.ts'
import { CallsToVitest, FINISHED, STARTED, STOPPED, emptyAnswer, isRequest } from '../vitest-rpc.ts'
import type { RpcRequest } from '../vitest-rpc.ts'

export interface FileRunOptions {
  readonly options: PoolOptions
  readonly settings: Settings
  readonly run: Run
  /** Whom Vitest hears: 'message', 'error'. */
  emit(this: void, event: 'message' | 'error', value: unknown): void
}

type RunRequest = Extract<WorkerRequest, { type: 'run' | 'collect' }>

type Stillborn = Readonly<{ life: Life; gone: Gone }>

export class FileRun {
  readonly #given: FileRunOptions
  readonly #calls: CallsToVitest
  #account: FileAccount | undefined
  #life: Life | undefined
  #unwatch: (() => void) | undefined
  #startMessage: WorkerRequest | undefined
  #request: RunRequest | undefined
  #resume: Resume | undefined
  /** A worker that died before there was anything to run. */
  #stillborn: Stillborn | undefined
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
    this.#mustNotFail(life.gone.then(gone => this.#gone(life, gone)))
    return life
  }

  send(message: WorkerRequest): void {
    if (this.#calls.takeAnswer(message)) return
    if ('m' in message && message.m === 'onCancel') this.#cancelled = true
    if (message.type === 'start') this.#startMessage = message
    if (message.type === 'run' || message.type === 'collect') this.#open(message)
    if (message.type === 'stop' && this.#phase === 'over') this.#given.emit('message', this.#stopped)
    else if (this.#stillborn === undefined) this.#life?.send(message)
    else this.#answerFor(this.#stillborn, message)
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
    this.#account = new FileAccount({ run: run.id, ...projectOf(settings, run), file }, settings)
    if (this.#life !== undefined) this.#watch(this.#life, this.#account)
  }

  #watch(life: Life, account: FileAccount): void {
    const { options, settings } = this.#given
    if (life.process.pid !== undefined) account.pids.push(life.process.pid)
    this.#unwatch = superviseLife(life, { ...settings, hookTimeout: options.project.config.hookTimeout })
  }

  #hear(life: Life, message: unknown): void {
    if (life !== this.#life) return
    if (isWorkerMessage(message)) this.#hearOwn(message)
    else if (isRequest(message)) this.#hearCall(life, message)
    else this.#hearResponse(life, message as { readonly type: string })
  }

  #hearOwn(message: WorkerMessage): void {
    const { kept, spared } = this.#given.run
    if (message.type === 'keep') kept.add(message.pid)
    else if (message.type === 'spared') spared.push(message)
    else this.#unwatch?.()
  }

  #hearCall(life: Life, request: RpcRequest): void {
    if (request.m === 'onUserConsoleLog') notePrinted(life.journal.state, request)
    if (life.isEnding && request.m === 'onUnhandledError') return
    const news = this.#account === undefined ? request : this.#account.pass(request)
    if (news === undefined) life.send(emptyAnswer(request))
    else this.#given.emit('message', news)
  }

  #hearResponse(life: Life, message: { readonly type: string }): void {
    if (message.type === 'started' && this.#resume !== undefined) life.send(this.#requestToGoOn(this.#resume))
    else if (message.type === 'testfileFinished') this.#mustNotFail(this.#close(life, message))
    else if (message.type === 'stopped' && this.#phase === 'closing') return
    else this.#given.emit('message', message)
  }

  #requestToGoOn(lua: Resume): object {
    return { ...this.#request, context: { ...this.#request?.context, lua } }
  }

  /** Vitest may go on when it hears of a file's end: whatever is to be said of the file is said before. */
  async #close(life: Life, finished: unknown): Promise<void> {
    this.#phase = 'closing'
    this.#unwatch?.()
    const { config } = this.#given.options.project.vitest
    const closed = await closeLife(life, config.teardownTimeout)
    this.#stopped = closed.stopped ?? STOPPED
    const account = this.#account
    if (account !== undefined && this.#request?.type === 'run' && !this.#forced) {
      for (const news of newsOfEnd(finished, life.journal.read(), account)) await this.#tell(news)
      if (!closed.asTold) account.deaths.push(this.#tellDeath(life, closed.gone).death)
      await this.#addFindings(account, life, closed.gone)
    }
    // What failed in a fresh worker stands in the tests that it could not run.
    this.#finish(life, this.#resume === undefined ? finished : FINISHED)
  }

  async #addFindings(account: FileAccount, life: Life, gone: Gone): Promise<void> {
    // It may have closed since the last look.
    const errors = account.find(closingFindings(account.deaths, life.journal.read(), gone.strays))
    if (account.findings.length > 0 || account.deaths.length > 0) await this.#tell(account.afterword(errors))
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
    } else if (this.#request === undefined) {
      this.#stillborn = { life, gone }
      if (this.#startMessage !== undefined) this.#answerFor(this.#stillborn, this.#startMessage)
    } else if (this.#request.type === 'run' && this.#account !== undefined) {
      await this.#died(life, gone, this.#account, this.#request)
    } else {
      const { words } = this.#tellDeath(life, gone).death
      this.#given.emit('error', new Error(`The worker ${words} before it had collected any test.`))
    }
  }

  /** What fails is the file, which Vitest will name when it asks for its run. */
  #answerFor({ life, gone }: Stillborn, { type }: WorkerRequest): void {
    if (type === 'start') this.#given.emit('message', STARTED)
    else if (type === 'stop') this.#given.emit('message', STOPPED)
    else if (type === 'run' || type === 'collect') this.#mustNotFail(this.#gone(life, gone))
  }

  async #died(life: Life, gone: Gone, account: FileAccount, request: RunRequest): Promise<void> {
    const { options, settings } = this.#given
    const told = this.#tellDeath(life, gone)
    account.deaths.push(told.death)
    account.errors.push(...account.find(gone.strays))
    const logs = unsentLogs(life.journal.state, account.told.fileId)
    for (const log of logs) await this.#calls.call('onUserConsoleLog', [log])
    const resume = await settleDeath(told, life.journal.state, {
      account,
      settings,
      isCancelled: () => this.#cancelled || this.#forced || isCancelling(options.project.vitest),
      isBailReached: () => isBailReached(options.project.vitest),
      bail: () => void options.project.vitest.cancelCurrentRun('test-failure'),
      tell: news => this.#tell(news),
    })
    if (resume === undefined) await this.#endFile(life, account, request)
    else this.#goOn(life, account, resume)
  }

  #tellDeath(life: Life, gone: Gone): ToldDeath {
    const told = tellDeath(life, gone, this.#given.settings.runRoot)
    for (const file of told.luaFiles) this.#account?.luaFiles.add(file)
    return told
  }

  /** Nothing of the file is left to run, and nobody to tell of its end. */
  async #endFile(life: Life, account: FileAccount, request: RunRequest): Promise<void> {
    const { project } = this.#given.options
    const fileId = account.told.fileId ?? registerFile(project, request.context.files[0]?.filepath ?? '')
    account.errors.push(...account.find(closingFindings(account.deaths, life.journal.state, [])))
    await this.#tell(account.end(fileId, life.journal.state.closed))
    this.#finish(life)
  }

  #goOn(dead: Life, account: FileAccount, resume: Resume): void {
    dead.journal.close()
    this.#resume = resume
    const life = this.begin()
    if (this.#startMessage !== undefined) life.send(this.#startMessage)
    this.#watch(life, account)
  }

  /** Nobody awaits it: where it fails, Vitest is told so instead of waiting for the file's end for ever. */
  #mustNotFail(work: Promise<void>): void {
    work.catch((error: unknown) => this.#given.emit('error', error))
  }

  async #tell({ packs, events }: News): Promise<void> {
    if (packs.length > 0) await this.#calls.call('onTaskUpdate', [packs, events])
  }
}
