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

/**
 * The handle is a private field of the object itself, be it a proxy or frozen: a constructor that returns another
 * object gives its fields to that one. In a WeakMap, V8 would keep the state of each handle until its next full
 * collection, https://github.com/v8/v8/blob/12.4.254/src/heap/scavenger.cc (the values of ephemerons are strong).
 */
const Identity = function returnGiven(value: object): object {
  return value
} as unknown as new (value: object) => object

class Handled extends Identity {
  readonly #handle: Handle

  constructor(value: object, handle: Handle) {
    super(value)
    this.#handle = handle
  }

  static find(value: object): Handle | undefined {
    return #handle in value ? value.#handle : undefined
  }
}

export function handleOf(value: object): Handle | undefined {
  return Handled.find(value)
}

export function registerHandle(value: object, handle: Handle): void {
  void new Handled(value, handle)
}
