/**
 * Which JS objects stand for values of Lua, and for which.
 *
 * Tables, functions, coroutines and userdata that come out of Lua are handles: going in again they are the same
 * Lua value, in the state that they came from and in no other.
 */
import type { Ref } from '../machine/machine.ts'
import type { Core } from '../session/core.ts'

export type HandleKind = 'table' | 'function' | 'thread' | 'userdata'

export interface Handle {
  readonly kind: HandleKind
  readonly core: Core
  readonly ref: Ref
}

const handles = new WeakMap<object, Handle>()

export function handleOf(value: object): Handle | undefined {
  return handles.get(value)
}

export function registerHandle(value: object, handle: Handle): void {
  handles.set(value, handle)
}
