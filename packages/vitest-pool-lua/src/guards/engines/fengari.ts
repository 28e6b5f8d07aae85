/** States that tests make by using fengari itself: `lauxlib.luaL_newstate()`, `lua.lua_newstate()`. */
import { read } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Below } from './opening.ts'

/** Its modules, as they require each other and as CommonJS caches them. */
export const FENGARI = /(?:^\.|[\\/]fengari[\\/]src)[\\/](?:lauxlib|lua)\.js$/

type Make = (this: unknown, ...args: unknown[]) => unknown
type Exports = Record<string, unknown>
type Opened = (state: object, below: Below) => void

export interface FengariStates {
  readonly kind: EngineKind
  /**
   * @param exports of one of fengari's modules
   * @returns puts them back
   */
  watch(exports: Exports, opened: Opened): () => void
}

export function fengariStates(): FengariStates {
  const closed = new WeakSet<object>()
  // Any copy's closes the states of all: it works on the fields of what it is given.
  const closers: Make[] = []
  const kind: EngineKind = {
    name: () => 'Lua state (fengari)',
    key: () => null,
    isOpen: state => !closed.has(mainOf(state)),
    dispose(state) {
      closed.add(mainOf(state))
      closers[0]?.(state)
    },
  }
  const noticing = (original: Make): Make =>
    function close(this: unknown, ...args) {
      const [state] = args
      if (isObject(state)) closed.add(mainOf(state))
      return original.apply(this, args)
    }
  return {
    kind,
    watch(exports, opened) {
      const undo = [
        wrap(exports, 'luaL_newstate', original => telling(original, opened)),
        wrap(exports, 'lua_newstate', original => telling(original, opened)),
        wrap(exports, 'lua_close', original => {
          closers.push(original)
          return noticing(original)
        }),
      ]
      return () => undo.forEach(put => put())
    },
  }
}

function telling(original: Make, opened: Opened): Make {
  return function make(this: unknown, ...args) {
    const state = original.apply(this, args)
    if (isObject(state)) opened(state, make)
    return state
  }
}

/** A coroutine closes the state that it is of. */
function mainOf(state: object): object {
  return Object(read(state, 'l_G', 'mainthread') ?? state) as object
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function wrap(exports: Exports, name: string, wrapped: (original: Make) => Make): () => void {
  const original = exports[name]
  if (typeof original !== 'function') return () => undefined
  const put = wrapped(original as Make)
  if (!Reflect.set(exports, name, put)) return () => undefined
  return () => void (exports[name] === put && Reflect.set(exports, name, original))
}
