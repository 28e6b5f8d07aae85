/** Makes any object go into Lua as itself: a userdata, never a copy. */
import { LuaStateError } from '../errors.ts'

/** Stands for `object` on its way into Lua; what comes out again is `object` itself. */
export interface LuaReference<T extends object> {
  readonly object: T
}

class Reference<T extends object> implements LuaReference<T> {
  readonly object: T
  constructor(object: T) {
    this.object = object
  }
}

/** `state.globals.config = byReference(config)`: Lua sees later changes, and sets attributes on it. */
export function byReference<T extends object>(object: T): LuaReference<T> {
  if ((typeof object === 'object' && object !== null) || typeof object === 'function')
    return new Reference(object)
  throw new LuaStateError(
    'LUA_STATE_VALUE_REFERENCE',
    `byReference was given ${String(object)}, a ${typeof object}. Allowed is an object or a function.`,
  )
}

/** The object that a reference stands for; undefined for anything else. */
export function referredObject(value: object): object | undefined {
  return value instanceof Reference ? (value.object as object) : undefined
}
