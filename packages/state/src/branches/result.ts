/** How a branch ended, as its caller is told: its value as plain data, or the reason as an error. */
import { LuaMemoryError, LuaStateError, LuaTimeoutError } from '../errors.ts'
import type { LuaAny } from '../lua-values.ts'
import type { Exit } from './branch-worker.ts'
import type { Ending } from './branch.ts'
import { errorOf, withStack, type ErrorData } from './error-data.ts'
import type { BranchTask } from './messages.ts'
import { unpack } from './parcel.ts'

export type BranchResult =
  | { readonly status: 'fulfilled'; readonly value: LuaAny }
  | { readonly status: 'rejected'; readonly reason: Error }

/** Which branch, and the lines of the stack that show who asked for it. */
export interface Asked extends Pick<BranchTask, 'deadline' | 'maxMemory'> {
  readonly index: number
  readonly callerLines: () => readonly string[]
}

const mebi = 2 ** 20

export function resultOf(ending: Ending, asked: Asked): BranchResult {
  if (ending.kind !== 'answered') {
    return { status: 'rejected', reason: withStack(reasonOf(ending, asked), asked.callerLines()) }
  }
  const { outcome } = ending
  if (outcome.kind === 'fulfilled') return { status: 'fulfilled', value: unpack(outcome.value) }
  return { status: 'rejected', reason: errorOf(inOurWords(outcome.error, asked), asked.callerLines()) }
}

function reasonOf(ending: Exclude<Ending, { kind: 'answered' }>, asked: Asked): Error {
  const { index, deadline = Infinity, maxMemory = Infinity } = asked
  switch (ending.kind) {
    case 'late':
      return new LuaTimeoutError(`${lateText(asked)} ${unknownPlace}`, { limit: deadline })
    case 'full':
      return new LuaMemoryError(fullText(index, maxMemory, ending.grown))
    case 'died':
      return new LuaStateError('LUA_STATE_BRANCH_DIED', diedText(index, ending.exit))
    case 'failed':
      return new LuaStateError('LUA_STATE_BRANCH_UNSTARTED', unstartedText(index, String(ending.cause)), {
        cause: ending.cause,
      })
    case 'unstarted':
      return new LuaStateError(
        'LUA_STATE_BRANCH_UNSTARTED',
        unstartedText(index, `it did not come to run Lua within ${ending.limit} ms`),
      )
  }
}

/** The state ended itself at the branch's deadline, and knows it as the limit of a call. */
function inOurWords(error: ErrorData, asked: Asked): ErrorData {
  if (error.kind !== 'timeout' || error.limit !== asked.deadline) return error
  const where = error.chunk === undefined ? '' : ` It was ended at ${error.chunk}:${error.line}.`
  const message = `${lateText(asked)}${where}`
  return { ...error, message, value: { root: message, nodes: [] } }
}

function lateText({ index, deadline }: Asked): string {
  return `Branch ${index} took longer than its deadline of ${deadline} ms.`
}

const unknownPlace =
  'Its process was ended from outside, so the line is not known: it was in one long call of a library, in native ' +
  'code, or in a loop that LuaJIT had compiled (jit: false with callTimeout finds the line).'

function fullText(index: number, maxMemory: number, grown: number): string {
  return (
    `not enough memory: branch ${index} had grown by ${(grown / mebi).toFixed(0)} MiB, with a maxMemory of ` +
    `${(maxMemory / mebi).toFixed(1)} MiB (${maxMemory} bytes). Its process was ended from outside. ` +
    `Raise maxMemory, or let the branch hold less.`
  )
}

function diedText(index: number, { code, signal }: Exit): string {
  const how = signal === null ? `ended by itself with exit code ${code}` : `was ended by ${signal}`
  return (
    `The process of branch ${index} ${how} before it could give a result. ${causeOf(signal)} ` +
    `The other branches are not touched.`
  )
}

const crashes: ReadonlySet<string> = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE'])

function causeOf(signal: NodeJS.Signals | null): string {
  if (signal === null) return 'Something in the branch, or a library that it loaded, ends its process.'
  if (crashes.has(signal))
    return 'That is a crash of native code: of the runtime, of a C module or through ffi.'
  if (signal === 'SIGABRT')
    return 'Native code gave up, or JavaScript ran out of memory: what it printed says which (see maxMemory).'
  return 'Somebody ended it from outside; SIGKILL also comes from a system that runs out of memory (see maxMemory).'
}

function unstartedText(index: number, why: string): string {
  return (
    `The process of branch ${index} could not be started: ${why}. ` +
    `Run fewer at once (concurrency), and see whether the system allows another process.`
  )
}
