/** The stack of a thread over the C API: values in and out. */
import { constants } from 'node:buffer'
import { LuaStateRangeError } from '../../errors.ts'
import { luaTypes, type Ref, type Thread } from '../../machine/machine.ts'
import { encodeUtf8 } from '../../values/strings.ts'
import { pointerOf as at, threadOf, type Api, type Dialect, type LuaPointer, type Pointer } from './api.ts'
import type { Binding } from './binding.ts'
import { layout, textRoom, type Memory } from './memory.ts'
import { Refs } from './refs.ts'

export class CApiStack {
  protected readonly api: Api
  protected readonly dialect: Dialect
  protected readonly refs: Refs
  readonly #binding: Binding
  readonly #memory: Memory
  readonly #text: Pointer
  readonly #length: Pointer

  constructor(binding: Binding, main: LuaPointer) {
    const { api, dialect, memory } = binding
    this.#binding = binding
    this.api = api
    this.dialect = dialect
    this.#memory = memory
    this.#text = memory.scratch + layout.text
    this.#length = memory.scratch + layout.out
    this.refs = new Refs(api, main, dialect.registryIndex)
  }

  top(thread: Thread): number {
    return this.api.gettop(at(thread))
  }

  setTop(thread: Thread, top: number): void {
    this.api.settop(at(thread), top)
  }

  pop(thread: Thread, count: number): void {
    this.api.settop(at(thread), -count - 1)
  }

  ensure(thread: Thread, count: number): void {
    if (this.api.checkstack(at(thread), count) !== 0) return
    throw new LuaStateRangeError(
      'LUA_STATE_STACK_FULL',
      `${count} values were to be passed to Lua at once, more than the stack of ${this.#binding.runtime} can take. ` +
        `Pass them in a table.`,
    )
  }

  move(from: Thread, to: Thread, count: number): void {
    this.api.xmove(at(from), at(to), count)
  }

  pushNil(thread: Thread): void {
    this.api.pushnil(at(thread))
  }

  pushBoolean(thread: Thread, value: boolean): void {
    this.api.pushboolean(at(thread), value ? 1 : 0)
  }

  pushNumber(thread: Thread, value: number): void {
    if (this.dialect.hasIntegers && isInteger(value)) this.api.pushinteger(at(thread), value)
    else this.api.pushnumber(at(thread), value)
  }

  pushBigInt(thread: Thread, value: bigint): void {
    if (this.dialect.hasIntegers) return this.api.pushinteger(at(thread), value)
    if (Number.isSafeInteger(Number(value))) return this.api.pushnumber(at(thread), Number(value))
    throw new LuaStateRangeError(
      'LUA_STATE_VALUE_RANGE',
      `The bigint ${value} was to go into Lua, but all numbers of ${this.#binding.runtime} are doubles, with whole ` +
        `numbers up to 9007199254740991. Pass a number (it is rounded) or a string, or choose a runtime with ` +
        `64-bit integers ('lua5.3', 'lua5.4', 'wasmoon').`,
    )
  }

  pushBytes(thread: Thread, bytes: Uint8Array): void {
    this.#memory.place(bytes, address => this.api.pushlstring(at(thread), address, bytes.length))
  }

  pushText(thread: Thread, text: string): void {
    const { length } = text
    if (length > longestDirect) return this.#pushLongText(thread, text)
    const view = this.#memory.view()
    for (let index = 0; index < length; index++) {
      const unit = text.charCodeAt(index)
      if (unit >= 0x80) return this.pushBytes(thread, encodeUtf8(text))
      view[layout.text + index] = unit
    }
    this.api.pushlstring(at(thread), this.#text, length)
  }

  #pushLongText(thread: Thread, text: string): void {
    const { pushtext } = this.api
    const isAscii =
      pushtext !== undefined && text.length <= textRoom && Buffer.byteLength(text) === text.length
    if (isAscii) pushtext(at(thread), text, text.length)
    else this.pushBytes(thread, encodeUtf8(text))
  }

  setField(thread: Thread, index: number, name: string): void {
    const { setfield } = this.api
    if (setfield !== undefined && isPlainAscii(name)) return setfield(at(thread), index, name)
    this.pushText(thread, name)
    this.api.insert(at(thread), -2)
    this.api.rawset(at(thread), index)
  }

  pushValue(thread: Thread, index: number): void {
    this.api.pushvalue(at(thread), index)
  }

  pushRef(thread: Thread, ref: Ref): void {
    this.refs.push(at(thread), ref)
  }

  pushTable(thread: Thread, items = 0, fields = 0): void {
    this.api.createtable(at(thread), items, fields)
  }

  pushGlobals(thread: Thread): void {
    this.api.pushglobaltable(at(thread))
  }

  pushThread(thread: Thread): void {
    const L = at(thread)
    const coroutine = this.api.newthread(L)
    this.api.insert(L, -2)
    this.api.xmove(L, coroutine, 1)
  }

  typeAt(thread: Thread, index: number): number {
    return this.api.type(at(thread), index)
  }

  booleanAt(thread: Thread, index: number): boolean {
    return this.api.toboolean(at(thread), index) !== 0
  }

  /** Only beyond the safe integers of JS does it matter what kind of number it is. */
  numberAt(thread: Thread, index: number): number | bigint {
    const L = at(thread)
    const number = this.api.tonumber(L, index)
    if (!this.dialect.hasIntegers || Number.isSafeInteger(number) || !Number.isInteger(number)) return number
    return this.api.isinteger(L, index) === 0 ? number : BigInt(this.api.tointeger(L, index))
  }

  bytesAt(thread: Thread, index: number): Uint8Array {
    const address = this.api.tolstring(at(thread), index, this.#length)
    const view = this.#memory.view()
    return this.#memory.read(address, sizeIn(view))
  }

  textAt(thread: Thread, index: number): string {
    const length = this.api.rawlen(at(thread), index)
    if (length > constants.MAX_STRING_LENGTH) throw tooLong(length)
    const text = length > textRoom ? undefined : this.api.totext?.(at(thread), index, this.#length)
    // It ends at a NUL; and what is not ASCII has more bytes than characters, or characters that stand for none.
    if (text !== undefined && text.length === sizeIn(this.#memory.view()) && !text.includes('\uFFFD'))
      return text
    const address = this.api.tolstring(at(thread), index, this.#length)
    const view = this.#memory.view()
    return this.#memory.textAt(address, sizeIn(view))
  }

  refAt(thread: Thread, index: number): Ref {
    const L = at(thread)
    const identified = this.api.type(L, index) !== luaTypes.lightUserdata
    return this.refs.refAt(L, index, identified ? this.api.topointer(L, index) : undefined)
  }

  threadAt(thread: Thread, index: number): Thread {
    return threadOf(this.api.tothread(at(thread), index))
  }

  pushMetafield(thread: Thread, index: number, name: string): boolean {
    const L = at(thread)
    if (this.api.getmetatable(L, index) === 0) return false
    this.pushText(thread, name)
    this.api.rawget(L, -2)
    const found = this.api.type(L, -1) !== luaTypes.nil
    if (found) this.api.insert(L, -2)
    this.api.settop(L, found ? -2 : -3)
    return found
  }

  hasMetatable(thread: Thread, index: number): boolean {
    const L = at(thread)
    if (this.api.type(L, index) !== luaTypes.table) return true
    if (this.api.getmetatable(L, index) === 0) return false
    this.api.settop(L, -2)
    return true
  }

  rawGet(thread: Thread, index: number): void {
    this.api.rawget(at(thread), index)
  }

  rawSet(thread: Thread, index: number): void {
    this.api.rawset(at(thread), index)
  }

  rawLength(thread: Thread, index: number): number {
    return this.api.rawlen(at(thread), index)
  }

  next(thread: Thread, index: number): boolean {
    return this.api.next(at(thread), index) !== 0
  }
}

/** Characters that are written one by one: longer text is encoded faster as a whole. */
const longestDirect = 24

function isPlainAscii(name: string): boolean {
  for (let index = 0; index < name.length; index++) {
    const unit = name.charCodeAt(index)
    if (unit === 0 || unit >= 0x80) return false
  }
  return true
}

function tooLong(length: number): LuaStateRangeError {
  return new LuaStateRangeError(
    'LUA_STATE_VALUE_LENGTH',
    `A string of ${length} bytes was to come out of Lua as text, which in JS has ${constants.MAX_STRING_LENGTH} ` +
      `characters at most. Take it in parts (string.sub), or open the state with encoding: 'bytes'.`,
  )
}

/** The rule is `-0` and what has a fraction are floats; integers that are not safe are floats too. */
function isInteger(value: number): boolean {
  if ((value | 0) === value) return value !== 0 || 1 / value > 0
  return Number.isSafeInteger(value)
}

/** The `size_t` that `tolstring` wrote: nothing is longer than 4 GiB. */
function sizeIn(view: Uint8Array): number {
  const byteAt = (offset: number): number => view[layout.out + offset] as number
  return (byteAt(0) | (byteAt(1) << 8) | (byteAt(2) << 16) | (byteAt(3) << 24)) >>> 0
}
