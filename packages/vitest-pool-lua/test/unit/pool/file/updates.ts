/** Messages of a worker to Vitest, as birpc makes them. */
import type { Event, Pack, RpcRequest } from '../../../../src/pool/vitest-rpc.ts'
import type { FileTask } from '../../../../src/pool/file/tasks.ts'
import { idOf } from './file-tasks.ts'

export function request(m: string, ...a: readonly unknown[]): RpcRequest {
  return { t: 'q', m, a, i: 'call-1' }
}

export function collectedMessage(file: FileTask): RpcRequest {
  return request('onCollected', [file])
}

export function update(packs: readonly Pack[], events: readonly Event[]): RpcRequest {
  return request('onTaskUpdate', packs, events)
}

export function pack(name: string, state: string): Pack {
  return [idOf(name), { state }, {}]
}

export function event(name: string, what: string): Event {
  return [idOf(name), what, undefined]
}

/** A test that has run, from its beginning to its end. */
export function ranMessage(name: string, state = 'pass'): RpcRequest {
  return update([pack(name, state)], [event(name, 'test-prepare'), event(name, 'test-finished')])
}
