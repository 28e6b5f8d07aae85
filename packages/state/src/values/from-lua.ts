/**
 * The rules for what comes out of Lua: results, globals, fields, arguments of callbacks.
 *
 * | Lua             | JS                                                                      |
 * | --------------- | ----------------------------------------------------------------------- |
 * | nil             | undefined                                                               |
 * | boolean         | boolean                                                                 |
 * | integer, float  | number; an integer that is not safe as one: bigint                      |
 * | string          | string (see strings.ts), or a Uint8Array with `encoding: 'bytes'`       |
 * | table           | LuaTable, a live proxy; the same table is the same proxy                |
 * | function        | LuaFunction; a JS function that went in comes out identical             |
 * | coroutine       | LuaCoroutine                                                            |
 * | userdata, cdata | LuaUserdata, opaque; a JS object that went in comes out identical       |
 */
import { createCoroutine } from '../coroutines/coroutine.ts'
import { createFunction } from '../functions/lua-function.ts'
import { luaTypes, type Callback, type Machine, type Ref, type Thread } from '../machine/machine.ts'
import type { Core, JsFunction } from '../session/core.ts'
import { createTable } from '../tables/table-proxy.ts'
import { registerHandle, type HandleKind } from './handles.ts'
import { decodeLatin1 } from './strings.ts'

const kinds: Record<HandleKind, (core: Core, ref: Ref) => object> = {
  table: createTable,
  function: createFunction,
  thread: createCoroutine,
  userdata: () => Object.freeze({ type: 'userdata' }),
}

export class FromLua {
  readonly #core: Core
  readonly #machine: Machine
  readonly #handles = new WeakMap<Ref, object>()
  readonly #targets = new WeakMap<Callback, JsFunction>()

  constructor(core: Core) {
    this.#core = core
    this.#machine = core.machine
  }

  /** From now on the callback comes out of Lua as `target`. */
  linkCallback(callback: Callback, target: JsFunction): Callback {
    this.#targets.set(callback, target)
    return callback
  }

  read(thread: Thread, index: number): unknown {
    switch (this.#machine.typeAt(thread, index)) {
      case luaTypes.number:
        return this.#machine.numberAt(thread, index)
      case luaTypes.string:
        return this.#string(thread, index)
      case luaTypes.boolean:
        return this.#machine.booleanAt(thread, index)
      case luaTypes.table:
        return this.#handle('table', thread, index)
      case luaTypes.function:
        return this.#function(thread, index)
      case luaTypes.thread:
        return this.#handle('thread', thread, index)
      case luaTypes.userdata:
        return this.#machine.objectAt(thread, index) ?? this.#handle('userdata', thread, index)
      case luaTypes.lightUserdata:
      case luaTypes.cdata:
        return this.#handle('userdata', thread, index)
      default:
        return undefined
    }
  }

  #string(thread: Thread, index: number): string | Uint8Array {
    switch (this.#core.options.encoding) {
      case 'utf8':
        return this.#machine.textAt(thread, index)
      case 'latin1':
        return decodeLatin1(this.#machine.bytesAt(thread, index))
      case 'bytes':
        return Uint8Array.from(this.#machine.bytesAt(thread, index))
    }
  }

  #function(thread: Thread, index: number): unknown {
    const callback = this.#machine.callbackAt(thread, index)
    const target = callback === undefined ? undefined : this.#targets.get(callback)
    return target ?? this.#handle('function', thread, index)
  }

  #handle(kind: HandleKind, thread: Thread, index: number): object {
    const ref = this.#machine.refAt(thread, index)
    const known = this.#handles.get(ref)
    if (known !== undefined) return known
    const value = kinds[kind](this.#core, ref)
    this.#handles.set(ref, value)
    registerHandle(value, { kind, core: this.#core, ref })
    return value
  }
}
