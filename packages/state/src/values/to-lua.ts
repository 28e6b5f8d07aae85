/**
 * The rules for what goes into Lua: arguments, globals, fields, what callbacks return.
 *
 * | JS                                        | Lua                                              |
 * | ----------------------------------------- | ------------------------------------------------ |
 * | undefined, null                           | nil                                              |
 * | boolean, number, string                   | the same; -0 and what has a fraction are floats  |
 * | bigint                                    | integer, or a LuaStateRangeError                 |
 * | Uint8Array, Buffer                        | string of its bytes                              |
 * | array, plain object                       | a new table, deep; cycles and sharing kept       |
 * | function                                  | function                                         |
 * | a handle (LuaTable, LuaFunction, ...)     | the same Lua value                               |
 * | anything else, `byReference(x)`           | userdata, identical when it comes out            |
 */
import { types } from 'node:util'
import { LuaStateError, LuaStateRangeError } from '../errors.ts'
import type { Callback, Machine, Ref, Thread } from '../machine/machine.ts'
import type { Core, JsFunction } from '../session/core.ts'
import { referredObject } from './by-reference.ts'
import { handleOf, type Handle } from './handles.ts'
import { integerKeyOf } from './keys.ts'
import { isPlain } from './plain.ts'
import { encodeLatin1, encodeUtf8 } from './strings.ts'

export class ToLua {
  readonly #core: Core
  readonly #machine: Machine
  readonly #callbacks = new WeakMap<JsFunction, Callback>()

  constructor(core: Core) {
    this.#core = core
    this.#machine = core.machine
  }

  push(thread: Thread, value: unknown): void {
    switch (typeof value) {
      case 'number':
        return this.#machine.pushNumber(thread, value)
      case 'string':
        return this.#pushString(thread, value)
      case 'boolean':
        return this.#machine.pushBoolean(thread, value)
      case 'undefined':
        return this.#machine.pushNil(thread)
      case 'bigint':
        return this.#machine.pushBigInt(thread, int64(value))
      case 'function':
        return this.#pushFunction(thread, value as JsFunction)
      case 'object':
        return value === null ? this.#machine.pushNil(thread) : this.#pushAnyObject(thread, value)
      case 'symbol':
        throw symbolError(value)
    }
  }

  /** As a userdata, whatever it is. */
  pushObject(thread: Thread, object: object): void {
    this.#machine.pushObject(thread, object, this.#core)
  }

  /** Something that JS code threw: objects keep their identity; what has no place in Lua is told in words. */
  pushThrown(thread: Thread, thrown: unknown): void {
    const handle = isObject(thrown) ? handleOf(thrown) : undefined
    if (handle?.core === this.#core) return this.#pushHandle(thread, handle)
    if (typeof thrown === 'object' && thrown !== null) return this.pushObject(thread, thrown)
    if (handle !== undefined || typeof thrown === 'symbol' || typeof thrown === 'bigint') {
      return this.#machine.pushText(thread, String(thrown))
    }
    if (typeof thrown === 'string') return this.#machine.pushBytes(thread, this.#encodeThrown(thrown))
    this.push(thread, thrown)
  }

  #pushFunction(thread: Thread, value: JsFunction): void {
    const handle = handleOf(value)
    if (handle !== undefined) return this.#pushHandle(thread, handle)
    let callback = this.#callbacks.get(value)
    if (callback === undefined) {
      const { invoke } = this.#core
      callback = this.#core.linkCallback(running => invoke(running, value, undefined, 0), value)
      this.#callbacks.set(value, callback)
    }
    this.#machine.pushCallback(thread, callback)
  }

  #pushAnyObject(thread: Thread, value: object): void {
    const handle = handleOf(value)
    if (handle !== undefined) return this.#pushHandle(thread, handle)
    const referred = referredObject(value)
    if (referred !== undefined) return this.pushObject(thread, referred)
    if (types.isProxy(value)) return this.pushObject(thread, value)
    if (types.isUint8Array(value)) return this.#machine.pushBytes(thread, new Uint8Array(value))
    if (isPlain(value)) return this.#pushCopy(thread, value)
    this.pushObject(thread, value)
  }

  #pushHandle(thread: Thread, { core, ref, kind }: Handle): void {
    if (core === this.#core) return this.#machine.pushRef(thread, ref)
    throw new LuaStateError(
      'LUA_STATE_VALUE_FOREIGN',
      `A ${kind} of one Lua state was given to another, where it does not exist. ` +
        `Pass plain data, such as toJS(value), or a JS function.`,
    )
  }

  /** Table after table and not one inside the other, so that depth is no limit. */
  #pushCopy(thread: Thread, value: object): void {
    const machine = this.#machine
    const copies = new Map<object, Ref>()
    machine.ensure(thread, 8)
    this.#pushEmpty(thread, value, copies)
    // What is put in while this runs comes last.
    for (const [source, copy] of copies) {
      machine.pushRef(thread, copy)
      if (Array.isArray(source)) this.#pushItems(thread, source, copies)
      else this.#pushFields(thread, source as Readonly<Record<string, unknown>>, copies)
      machine.pop(thread, 1)
    }
  }

  #pushEmpty(thread: Thread, value: object, copies: Map<object, Ref>): void {
    this.#machine.pushTable(thread)
    copies.set(value, this.#machine.refAt(thread, -1))
  }

  /** Lists count from 1. */
  #pushItems(thread: Thread, list: readonly unknown[], copies: Map<object, Ref>): void {
    for (let index = 0; index < list.length; index++) this.#pushEntry(thread, index + 1, list[index], copies)
  }

  #pushFields(thread: Thread, object: Readonly<Record<string, unknown>>, copies: Map<object, Ref>): void {
    for (const name of Object.keys(object)) {
      this.#pushEntry(thread, integerKeyOf(name) ?? name, object[name], copies)
    }
  }

  #pushEntry(thread: Thread, key: number | string, value: unknown, copies: Map<object, Ref>): void {
    if (value === undefined || value === null) return
    if (typeof key === 'number') this.#machine.pushNumber(thread, key)
    else this.#pushString(thread, key)
    if (typeof value === 'object') this.#pushObjectOnce(thread, value, copies)
    else this.push(thread, value)
    this.#machine.rawSet(thread, -3)
  }

  #pushObjectOnce(thread: Thread, value: object, copies: Map<object, Ref>): void {
    const copy = copies.get(value)
    if (copy !== undefined) this.#machine.pushRef(thread, copy)
    else if (isCopied(value)) this.#pushEmpty(thread, value, copies)
    else this.push(thread, value)
  }

  #pushString(thread: Thread, text: string): void {
    if (this.#core.options.encoding === 'latin1') this.#machine.pushBytes(thread, this.encode(text))
    else this.#machine.pushText(thread, text)
  }

  #encodeThrown(text: string): Uint8Array {
    const bytes = this.#core.options.encoding === 'latin1' ? encodeLatin1(text) : undefined
    return bytes ?? encodeUtf8(text)
  }

  /** Throws LuaStateRangeError where the encoding of the state lacks a character. */
  encode(text: string): Uint8Array {
    if (this.#core.options.encoding !== 'latin1') return encodeUtf8(text)
    const bytes = encodeLatin1(text)
    if (bytes !== undefined) return bytes
    const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text
    throw new LuaStateRangeError(
      'LUA_STATE_VALUE_ENCODING',
      `The string ${JSON.stringify(shown)} was to go into a state with encoding 'latin1', which has no character ` +
        `above U+00FF. Pass its bytes (a Uint8Array), or open the state with encoding: 'utf8'.`,
    )
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

function isCopied(value: object): boolean {
  return handleOf(value) === undefined && !types.isProxy(value) && isPlain(value)
}

function int64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw new LuaStateRangeError(
    'LUA_STATE_VALUE_RANGE',
    `The bigint ${value} was to go into Lua, but integers of Lua have 64 bits at most ` +
      `(-9223372036854775808 to 9223372036854775807). Pass a number or a string.`,
  )
}

function symbolError(value: symbol): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_VALUE_SYMBOL',
    `The symbol ${String(value)} was to go into Lua, which has nothing like it. Pass a string or byReference(object).`,
  )
}
