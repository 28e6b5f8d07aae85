/**
 * One process of a file, from its fork to its end: what it says, where it is, and what remains of it.
 *
 * Whatever ends it, what it left is swept before anyone hears of the end.
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { groupOfNewborn } from '@vitest-pool-lua/sweep'
import type { Discovery } from '../../protocol/finding.ts'
import type { BlockedPlace } from '../../protocol/blocked-place.ts'
import { FILE_COOKIE, RUN_COOKIE, SPAWN_LABEL } from '../../protocol/message.ts'
import type { Boot } from '../../protocol/message.ts'
import type { Settings } from '../../protocol/settings.ts'
import { endProcess, exitOf, forwardOutput, tailOf } from './child.ts'
import type { Exit, Output } from './child.ts'
import type { Limit } from '../journal/deadline.ts'
import { readJournal } from '../journal/journal-reader.ts'
import type { JournalReader } from '../journal/journal-reader.ts'
import { memoryCurve } from '../memory/memory-curve.ts'
import type { MemoryCurve } from '../memory/memory-curve.ts'
import { oomKills } from '../memory/oom-kills.ts'
import { monotonic } from '../monotonic.ts'
import type { Run, WorkerMarks } from '../run.ts'
import { sweepFile } from '../sweep-run.ts'
import type { PoolOptions } from '../upstream.ts'

export interface Life {
  readonly process: ChildProcess
  /** On the clock of the journals. */
  readonly began: number
  readonly journal: JournalReader
  /** Settles when the process is gone and swept. */
  readonly gone: Promise<Gone>
  /** It has been sent SIGTERM at its file's end: what it throws now is nobody's error. */
  isEnding: boolean
  /** Why the pool ends it; null as long as it does not. */
  ended: EndedBecause | null
  send(message: unknown): void
  /** SIGTERM, and SIGKILL where that does not help. */
  end(): Promise<void>
  readonly output: Output
  /** As it was seen from outside, since it began. */
  readonly memory: MemoryCurve
  sampled(this: void, rss: number): void
}

export type EndedBecause =
  | Blocked
  | { readonly cause: 'over-memory'; readonly rss: number; readonly limit: number }

export interface Blocked {
  readonly cause: 'blocked'
  /** What took too long; undefined where all of the file was over. */
  readonly overdue: Limit | undefined
  /** ms without a sign of life, beyond any limit. */
  readonly silence: number
  readonly place: BlockedPlace | null
}

export interface Gone extends Exit {
  /** What it printed last on stderr. */
  readonly stderr: string
  /** How many processes the kernel has ended for want of memory meanwhile; null where nobody counts. */
  readonly oomKills: number | null
  readonly strays: readonly Discovery[]
}

export interface LifeOptions {
  readonly options: PoolOptions
  readonly settings: Settings
  readonly run: Run
  hear(life: Life, message: unknown): void
  failed(error: Error): void
}

/**
 * What a write to a dying process says, maybe before its exit is known here. The exit knows more than the broken pipe;
 * and it comes, because a worker ends itself where its channel is closed.
 */
const DYING: ReadonlySet<string> = new Set(['EPIPE', 'ECONNRESET', 'ERR_IPC_CHANNEL_CLOSED'])

const ENTRY = fileURLToPath(new URL('../../worker/entry.js', import.meta.url))

export function begin(given: LifeOptions): Life {
  const { options, run } = given
  const { logger } = options.project.vitest
  const marks = run.nextWorker()
  const boot = bootOf(given, marks)
  run.reaper.ready()
  const child = marks.start(command =>
    fork(ENTRY, [JSON.stringify(boot)], {
      ...commandOf(command, options.execArgv),
      // Where this run is itself what another run's test has spawned, its workers are not that spawn.
      env: { ...options.env, [RUN_COOKIE]: run.id, [FILE_COOKIE]: boot.fileCookie, [SPAWN_LABEL]: undefined },
      // A session of its own: what a terminal sends to all is for the main process, which passes on what is to be done.
      detached: true,
      stdio: 'pipe',
      serialization: 'advanced',
    }),
  )
  const stderr = tailOf(child.stderr)
  const journal = readJournal(boot.journal)
  const swept = { ...marks, group: groupOfNewborn(child.pid, given.settings.tier) }
  const gone = watchEnd(child, stderr, () => sweepFile(run, swept, given.settings, journal.read))
  const began = monotonic()
  const memory = memoryCurve()
  run.alive(child, gone)
  const life: Life = {
    process: child,
    began,
    journal,
    gone,
    isEnding: false,
    ended: null,
    memory,
    sampled: rss => memory.add({ ms: Math.round(monotonic() - began), rss }),
    send: message => child.connected && child.send(message as object, error => error && onSendFailure(error)),
    end: () => endProcess(child, gone),
    output: forwardOutput(child, logger.outputStream, logger.errorStream),
  }
  const onSendFailure = (error: NodeJS.ErrnoException): void => {
    if (!DYING.has(error.code ?? '')) given.failed(error)
  }
  child.on('message', message => given.hear(life, message))
  child.on('error', error => given.failed(error))
  return life
}

async function watchEnd(
  child: ChildProcess,
  stderr: () => string,
  sweep: () => Promise<Discovery[]>,
): Promise<Gone> {
  const before = oomKills()
  const exit = await exitOf(child)
  const after = oomKills()
  const kills = before === null || after === null ? null : after - before
  return { ...exit, strays: await sweep(), stderr: stderr(), oomKills: kills }
}

/** A program that brands the process becomes the worker: the process is the same one, with its channel. */
function commandOf(
  brand: readonly string[],
  execArgv: readonly string[],
): { readonly execPath: string; readonly execArgv: string[] } {
  const [execPath = process.execPath, ...args] = [...brand, process.execPath, ...execArgv]
  return { execPath, execArgv: args }
}

/** V8's coverage cannot be had from cached code: Vitest 5 turns the cache off by itself, 4.1 does not know it. */
function bootOf({ options, run, settings }: LifeOptions, { fileCookie, brand }: WorkerMarks): Boot {
  const { enabled, provider } = options.project.vitest.config.coverage
  return {
    distPath: options.distPath,
    run: run.id,
    fileCookie,
    brand,
    journal: run.journalOf(fileCookie),
    compileCache: !enabled || provider === 'istanbul',
    settings,
  }
}
