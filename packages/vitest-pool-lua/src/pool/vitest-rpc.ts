/**
 * The messages by which a worker calls Vitest (birpc: `t` is 'q' for a call, 's' for an answer), and how the main
 * process calls it in a worker's stead.
 *
 *     const calls = new CallsToVitest(message => emit('message', message))
 *     await calls.call('onTaskUpdate', [packs, events])
 *     calls.takeAnswer(message)     // true if it answers one of these calls
 *
 * https://github.com/antfu-collective/birpc
 */
import { randomUUID } from 'node:crypto'
import type { TaskResult } from '../protocol/task-result.ts'

export interface RpcRequest {
  readonly t: 'q'
  readonly m: string
  readonly a: readonly unknown[]
  /** Absent where nobody waits for the answer. */
  readonly i?: string
}

interface RpcAnswer {
  readonly t: 's'
  readonly i: string
  readonly e?: unknown
}

/** A task's id, its result, and its meta. */
export type Pack = readonly [id: string, result: TaskResult | undefined, meta: object]
/** A task's id and what happened to it. */
export type Event = readonly [id: string, event: string, data: unknown]

/** What a worker answers to Vitest's pool, where this process does it instead. */
export const STARTED = { type: 'started', __vitest_worker_response__: true } as const
export const FINISHED = { type: 'testfileFinished', __vitest_worker_response__: true } as const
export const STOPPED = { type: 'stopped', __vitest_worker_response__: true } as const

export function isRequest(message: unknown): message is RpcRequest {
  return typeof message === 'object' && message !== null && 't' in message && message.t === 'q'
}

/** What the worker hears where its call is not passed on: without an answer it would wait for ever. */
export function emptyAnswer({ i }: RpcRequest): RpcAnswer | undefined {
  return i === undefined ? undefined : { t: 's', i }
}

export class CallsToVitest {
  readonly #deliver: (message: RpcRequest) => void
  readonly #waiting = new Map<string, () => void>()

  constructor(deliver: (message: RpcRequest) => void) {
    this.#deliver = deliver
  }

  /** Settles when Vitest and its reporters have done with it; what they throw is theirs. */
  async call(method: string, args: readonly unknown[]): Promise<void> {
    const id = `vitest-pool-lua:${randomUUID()}`
    const answered = new Promise<void>(resolve => this.#waiting.set(id, resolve))
    this.#deliver({ t: 'q', m: method, a: args, i: id })
    await answered
  }

  takeAnswer(message: unknown): boolean {
    if (typeof message !== 'object' || message === null || !('i' in message)) return false
    const settle = this.#waiting.get(message.i as string)
    if (settle === undefined) return false
    this.#waiting.delete(message.i as string)
    settle()
    return true
  }
}
