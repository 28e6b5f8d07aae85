/**
 * Where a worker is whose event loop does not turn, seen from outside: no thread of the worker has to wait for the
 * day that never comes.
 *
 *     const place = await placeOfBlocked(child, { lines })   // null where nobody can look, at the latest after 2 s
 *     child.kill('SIGKILL')
 *
 * A signal opens the inspector of a process that is busy with anything but native code; it says on stderr at which
 * port (each at one of its own, see worker/blocked-place.ts), and evaluates there the function that the worker has
 * put on globalThis.
 *
 * Nobody can look where
 * - a native call does not return: `execSync`, Lua compiled by LuaJIT or any native runtime, a huge `BigInt`;
 * - the program listens to SIGUSR1 itself;
 * - Node was started with --disable-sigusr1;
 * - the worker has not yet come as far as to put its function there.
 */
import type { ChildProcess } from 'node:child_process'
import { setTimeout as after } from 'node:timers/promises'
import { BLOCKED_PLACE } from '../../protocol/blocked-place.ts'
import type { BlockedPlace } from '../../protocol/blocked-place.ts'
import { connect } from './inspector.ts'
import type { Inspector } from './inspector.ts'
import type { InspectorLines } from './inspector-lines.ts'

export interface BlockedOptions {
  /** Through which the child's stderr passes. */
  readonly lines: InspectorLines
  /** ms, in all. Default 2,000. */
  readonly limit?: number
}

/** Never rejects. Whatever it opened is closed, or closes with the process. */
export async function placeOfBlocked(
  child: ChildProcess,
  { lines, limit = 2_000 }: BlockedOptions,
): Promise<BlockedPlace | null> {
  const over = new AbortController()
  const timer = setTimeout(() => over.abort(), limit)
  child.once('exit', () => over.abort())
  try {
    const [address] = await Promise.all([lines.address(over.signal), knock(child)])
    return await askPlace(await connect(address, over.signal), over.signal)
  } catch {
    return null
  } finally {
    clearTimeout(timer)
    over.abort()
  }
}

/** On Windows, where there are no signals, Node has a way of its own behind the same function. */
async function knock({ pid, exitCode, signalCode }: ChildProcess): Promise<void> {
  if (pid === undefined || exitCode !== null || signalCode !== null) throw new Error('It is gone')
  const debugProcess = Reflect.get(process, '_debugProcess') as (pid: number) => void
  debugProcess(pid)
}

const EXPRESSION = `globalThis[Symbol.for('${BLOCKED_PLACE}')]()`

/** ms */
const ASK_AGAIN_AFTER = 20
/**
 * In all: each has its price. Node that is evaluated into while it makes a promise may lose its asynchronous context and
 * end by a TypeError (Node 22: 5 of 1,200 times in an endless chain).
 */
const MOST_QUESTIONS = 6

/**
 * Answers after the first are better. wasmoon's Lua knows its line after it was asked once and has gone on. And Node
 * calls `process.emit` as it opens the inspector (NODE_DEBUG_ENABLED, for clusters): who is asked in the middle of that
 * is in its asynchronous context, where no test runs. Up to one in ten on a busy machine.
 * https://github.com/nodejs/node/blob/v22.12.0/src/inspector_agent.cc
 *
 * A chain of promises or ticks may be met between two functions of the project, where none is known: then it is asked
 * until it is in one.
 */
async function askPlace(inspector: Inspector, signal: AbortSignal): Promise<BlockedPlace | null> {
  const ask = async (): Promise<BlockedPlace | null> => readPlace(await inspector.evaluate(EXPRESSION))
  const first = await ask()
  try {
    for (let question = 2; question <= MOST_QUESTIONS; question++) {
      await after(ASK_AGAIN_AFTER, undefined, { signal })
      const answer = await ask()
      if (answer !== null && !isNowhere(answer)) return answer
    }
  } catch {
    // It is gone, or the time is over.
  }
  return first
}

/** Between two functions of the project, or it has gone on meanwhile. */
function isNowhere({ stack, lua }: BlockedPlace): boolean {
  return stack === '' && lua.length === 0
}

function readPlace(told: unknown): BlockedPlace | null {
  return typeof told === 'string' ? (JSON.parse(told) as BlockedPlace) : null
}
