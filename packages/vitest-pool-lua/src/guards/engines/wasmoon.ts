/** States that tests make by using wasmoon itself: `new LuaFactory().createEngine()`. */
import { call, read } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Below, Opening } from './opening.ts'

export const WASMOON = /^wasmoon$|[\\/]wasmoon[\\/]dist[\\/]/

export const wasmoonState: EngineKind = {
  name: () => 'Lua state (wasmoon)',
  key: () => null,
  isOpen: engine => call(read(engine, 'global'), 'isClosed') !== true,
  dispose: engine => call(read(engine, 'global'), 'close'),
}

type Create = (this: unknown, ...args: unknown[]) => unknown

/** @param began is called when an engine is asked for, and gives what is told of it when it is there */
export function watchWasmoon(
  exports: { LuaFactory?: { prototype?: { createEngine?: unknown } } },
  began: (below: Below) => Opening,
  opened: (engine: object, opening: Opening) => void,
): () => void {
  const prototype = exports.LuaFactory?.prototype
  const original = prototype?.createEngine
  if (prototype === undefined || typeof original !== 'function') return () => undefined
  const createEngine: Create = async function createEngine(this: unknown, ...args) {
    const opening = began(createEngine)
    const engine: unknown = await Reflect.apply(original as Create, this, args)
    if (typeof engine === 'object' && engine !== null) opened(engine, opening)
    return engine
  }
  prototype.createEngine = createEngine
  return () => void (prototype.createEngine === createEngine && (prototype.createEngine = original))
}
