/**
 * engine(value): tracks anything that must be disposed, and gives it back.
 *
 *     const db = engine(await openDb(), { name: 'the test database' })
 */
import { PoolError } from '../errors.ts'
import { callerPlace } from './place.ts'
import type { CurrentTest } from './current-test.ts'
import type { OpenEngine } from './engines.ts'

export interface EngineOptions<T> {
  /** What findings call it. Default: the name of its class. */
  name?: string
  /** What it stands for: two engines of one key in a file do the same work twice. */
  key?: string
  /** How to end it. Default: its own dispose method. */
  dispose?: (value: T) => unknown
}

/** In the order in which they are looked for; the symbols first, because they are unambiguous. */
const METHODS = [Symbol.asyncDispose, Symbol.dispose, 'close', 'end', 'destroy'] as const

/** @throws PoolError `LUA_POOL_ENGINE_NOT_DISPOSABLE` */
export function openEngine<T>(value: T, options: EngineOptions<T>, test: CurrentTest | null): OpenEngine {
  const methods = watchMethods(value)
  const { dispose } = options
  const [own] = methods
  const end = dispose === undefined ? own?.call : () => dispose(value)
  if (end === undefined) throw notDisposable(value)
  let disposed = false
  return {
    name: options.name ?? nameOf(value),
    key: options.key ?? null,
    at: callerPlace(),
    test: test?.name ?? null,
    value,
    ownEnd: dispose !== undefined,
    isOpen: () => !disposed && !methods.some(method => method.called()),
    dispose() {
      disposed = true
      return end()
    },
  }
}

export interface WatchedMethod {
  called(this: void): boolean
  call(this: void): unknown
}

/** A test that disposes its engine itself, by whichever of its methods, has left nothing open. */
function watchMethods(value: unknown): WatchedMethod[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return []
  return METHODS.filter(name => typeof Reflect.get(value, name) === 'function').map(name =>
    watchMethod(value, name),
  )
}

/** Notices that a method of this very object is called; nothing else of it changes. */
export function watchMethod(value: object, name: PropertyKey): WatchedMethod {
  const original = Reflect.get(value, name) as (...args: unknown[]) => unknown
  let called = false
  const noticing = function (this: unknown, ...args: unknown[]): unknown {
    called = true
    return original.apply(this, args)
  }
  const property = { value: noticing, configurable: true, writable: true, enumerable: false }
  Reflect.defineProperty(value, name, property)
  return { called: () => called, call: () => original.call(value) }
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') return value.name || 'a function'
  const constructor: unknown =
    value === null || value === undefined ? undefined : Reflect.get(Object(value), 'constructor')
  return (typeof constructor === 'function' && constructor.name) || 'an engine'
}

function notDisposable(value: unknown): PoolError {
  const given = value === null ? 'null' : typeof value === 'object' ? `a ${nameOf(value)}` : typeof value
  return new PoolError(
    'LUA_POOL_ENGINE_NOT_DISPOSABLE',
    `engine() was given ${given}, which has none of close, end, destroy, Symbol.dispose, Symbol.asyncDispose. Say how to end it: engine(value, { dispose: value => ... }).`,
  )
}
