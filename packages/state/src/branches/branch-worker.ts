/**
 * The one door to tinypool: a pool of one process for each branch, so that no branch can meet another's worker.
 *
 *     const worker = startWorker(task, started => ...)
 *     const ending = await worker.ending
 *     await worker.end()    // the process, what it started and every handle are gone
 *
 * A process also where a thread would do for Lua (fengari, wasmoon). Measured on Node 22.23, both start in the same
 * time, but a thread that waits in a system call (`io.open` of a FIFO) can't be ended and keeps the whole process
 * from exiting, and a heap that grows past its limit inside one allocation takes the whole process with it.
 */
import type { ChildProcess } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Tinypool } from 'tinypool'
import { after } from '../clock.ts'
import { endWithKin, cookieName } from './kin.ts'
import { isStarted, type BranchTask, type Outcome, type Started } from './messages.ts'
import { forwardOutput } from './output.ts'
import { ownModule, ownModuleFlags } from './own-modules.ts'

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export type WorkerEnding =
  | { kind: 'answered'; outcome: Outcome }
  | { kind: 'died'; exit: Exit }
  /** The process could not be started, or tinypool failed. */
  | { kind: 'failed'; cause: unknown }

export interface BranchWorker {
  readonly pid: number | undefined
  readonly ending: Promise<WorkerEnding>
  /** Idempotent. Ends whatever still runs. */
  end(): Promise<void>
}

/** ms in which a stopped worker's output and channel are read to their end; only a stray that holds them is late. */
const drainLimit = 200
/** ms: never reached, but tinypool would otherwise end the worker by itself, before what it started is known. */
const idleTimeout = 600_000

export function startWorker(task: BranchTask, onStarted: (started: Started) => void): BranchWorker {
  const cookie = randomUUID()
  const pool = openPool(cookie)
  // What happens while no task runs is told here; without a listener it would be an uncaught error.
  const failed = new Promise<unknown>(resolve => pool.on('error', resolve))
  const answer = pool.run(task, {
    name: 'runTask',
    channel: { postMessage: message => void (isStarted(message) && onStarted(message)) },
  })
  const child = childOf(pool)
  child.ref()
  child.stdin?.end()
  forwardOutput(child)
  const exit = exitOf(child)
  const closed = new Promise<void>(resolve => child.once('close', () => resolve()))
  return {
    pid: child.pid,
    ending: Promise.race([answered(answer, child, exit), died(child, exit, failed)]),
    end: async () => {
      if (child.pid !== undefined) await endWithKin(child.pid, cookie, () => kill(child, exit))
      await within(drainLimit, closed)
      for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy()
      await pool.destroy()
      // Node lets go of closed handles at the end of a turn.
      await turn()
      await turn()
    },
  }
}

function openPool(cookie: string): Tinypool {
  return new Tinypool({
    runtime: 'child_process',
    filename: fileURLToPath(ownModule('worker')),
    minThreads: 0,
    maxThreads: 1,
    isolateWorkers: false,
    idleTimeout,
    serialization: 'advanced',
    execArgv: [...ownModuleFlags],
    env: { ...(process.env as Record<string, string>), [cookieName]: cookie },
  })
}

/** https://github.com/tinylibs/tinypool/blob/v2.1.0/src/runtime/process-worker.ts */
function childOf(pool: Tinypool): ChildProcess {
  const child: unknown = Reflect.get(pool.threads[0] ?? {}, 'process')
  if (child !== undefined) return child as ChildProcess
  throw new Error(
    `tinypool ${Tinypool.version} has no worker that is a process. This is a bug of @vitest-pool-lua/state: please report it.`,
  )
}

/** A worker that dies settles both the answer and the exit: the exit knows why. */
async function answered(
  answer: Promise<unknown>,
  child: ChildProcess,
  exit: Promise<Exit>,
): Promise<WorkerEnding> {
  try {
    return { kind: 'answered', outcome: (await answer) as Outcome }
  } catch (cause) {
    const isGone = child.exitCode !== null || child.signalCode !== null
    return isGone ? { kind: 'died', exit: await exit } : { kind: 'failed', cause }
  }
}

/** A process that could not be started has no exit. */
async function died(
  child: ChildProcess,
  exit: Promise<Exit>,
  failed: Promise<unknown>,
): Promise<WorkerEnding> {
  if (child.pid === undefined) return { kind: 'failed', cause: await failed }
  return { kind: 'died', exit: await exit }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise(resolve => child.once('exit', (code, signal) => resolve({ code, signal })))
}

async function kill(child: ChildProcess, exit: Promise<Exit>): Promise<void> {
  child.kill('SIGKILL')
  await exit
}

function within(limit: number, done: Promise<void>): Promise<void> {
  return new Promise(resolve => {
    const callOff = after(limit, resolve)
    void done.then(callOff).then(resolve)
  })
}
