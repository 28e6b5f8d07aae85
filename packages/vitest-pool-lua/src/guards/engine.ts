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
  const method = disposeMethod(value)
  const { dispose } = options
  if (dispose === undefined && method === undefined) throw notDisposable(value)
  const watched = method === undefined ? undefined : watchMethod(value as object, method)
  let disposed = false
  return {
    name: options.name ?? nameOf(value),
    key: options.key ?? null,
    at: callerPlace(),
    test: test?.name ?? null,
    isOpen: () => !disposed && watched?.called() !== true,
    dispose() {
      disposed = true
      return dispose === undefined ? watched?.call() : dispose(value)
    },
  }
}

function disposeMethod(value: unknown): (typeof METHODS)[number] | undefined {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return undefined
  return METHODS.find(name => typeof Reflect.get(value, name) === 'function')
}

/** A test that disposes its engine itself has left nothing open: its own call is noticed. */
function watchMethod(value: object, name: PropertyKey): { called(): boolean; call(): unknown } {
  const original = Reflect.get(value, name) as (...args: unknown[]) => unknown
  let called = false
  const noticing = function (this: unknown, ...args: unknown[]): unknown {
    called = true
    return original.apply(this, args)
  }
  Reflect.defineProperty(value, name, {
    value: noticing,
    configurable: true,
    writable: true,
    enumerable: false,
  })
  return { called: () => called, call: () => original.call(value) }
}

function nameOf(value: unknown): string {
  if (typeof value === 'function') return value.name || 'a function'
  const { name } = (value as object).constructor ?? {}
  return name || 'an engine'
}

function notDisposable(value: unknown): PoolError {
  const given = value === null ? 'null' : typeof value === 'object' ? `a ${nameOf(value)}` : typeof value
  return new PoolError(
    'LUA_POOL_ENGINE_NOT_DISPOSABLE',
    `engine() was given ${given}, which has none of close, end, destroy, Symbol.dispose, Symbol.asyncDispose. Say how to end it: engine(value, { dispose: value => ... }).`,
  )
}
