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
import type { Callback, Machine, Thread } from '../machine/machine.ts'
import type { Core, JsFunction } from '../session/core.ts'
import { referredObject } from './by-reference.ts'
import { handleOf, type Handle } from './handles.ts'
import { MultiReturn } from './multi-return.ts'
import { isPlain } from './plain.ts'
import { PlainCopies } from './plain-copies.ts'
import { encodeLatin1, encodeUtf8 } from './strings.ts'

export class ToLua {
  readonly #core: Core
  readonly #machine: Machine
  readonly #copies: PlainCopies
  readonly #callbacks = new WeakMap<JsFunction, Callback>()

  constructor(core: Core) {
    this.#core = core
    this.#machine = core.machine
    const namesAreText = core.options.encoding !== 'latin1'
    this.#copies = new PlainCopies(core.machine, (thread, value) => this.push(thread, value), namesAreText)
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

  /** What a callback returns: one value, or those of `multiReturn`. Gives what the callback itself must give. */
  pushResults(thread: Thread, result: unknown): number {
    if (!(result instanceof MultiReturn)) {
      this.push(thread, result)
      return 1
    }
    const values: readonly unknown[] = result.values
    this.#machine.ensure(thread, values.length + 8)
    for (const value of values) this.push(thread, value)
    return this.#machine.giveResults(thread, values.length)
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
    if (isPlain(value)) return this.#copies.push(thread, value)
    if (value instanceof MultiReturn) throw multiReturnError()
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

function multiReturnError(): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_VALUE_MULTIPLE',
    'What multiReturn gives was to go into Lua as one value. Allowed is to return it from a function that Lua calls. ' +
      'Pass its values one by one, or an array.',
  )
}
