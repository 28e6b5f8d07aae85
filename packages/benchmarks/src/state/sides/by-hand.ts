/**
 * What a competent engineer writes by hand on Lua's C API: safe with errors (calls are protected, a callback
 * that throws raises in Lua), values read by their type, and nothing more. What it leaves out is what a state adds: live
 * tables, functions and objects that stay identical, integers, texts with NUL on native runtimes, tracebacks,
 * limits, nesting, use after closing.
 *
 * It is written once, on what each binding calls a function of the C API (`Binding`); in a process there is
 * one binding, so the calls cost what direct ones do.
 */
import { chunks, someText, type Border, type OpenLua, type Side } from './side.ts'

/** The functions of Lua's C API that are needed; `L` and `Ref` are whatever the binding has for them. */
export interface Binding<L, Ref> {
  newState(): L
  openLibraries(L: L): void
  close(L: L): void
  setTop(L: L, top: number): void
  type(L: L, index: number): number
  toNumber(L: L, index: number): number
  toBoolean(L: L, index: number): number | boolean
  toText(L: L, index: number): string
  pushNil(L: L): void
  pushNumber(L: L, value: number): void
  pushText(L: L, text: string): void
  /** Pushes a callback; what it gives back frees it. */
  pushFunction(L: L, callback: (L: L) => number): () => void
  /** lua_error, where a callback may call it: a native one must not, it would jump over frames of JS. */
  readonly error?: (L: L) => number
  createTable(L: L, list: number, keys: number): void
  setField(L: L, index: number, key: string): void
  setGlobal(L: L, name: string): void
  next(L: L, index: number): number
  load(L: L, chunk: string): number
  call(L: L, args: number, results: number): number
  /** luaL_ref */
  keep(L: L): Ref
  pushKept(L: L, ref: Ref): void
}

/** Where a callback may not raise: one that fails gives nil and why, and this raises. */
const raising = `
  local call = ...
  return function(value)
    local result, failure = call(value)
    if failure ~= nil then error(failure, 0) end
    return result
  end`

const types = { boolean: 1, number: 3, string: 4 }

export function byHand<L, Ref>(lua: Binding<L, Ref>): Side {
  return { name: 'by hand', open: () => new ByHand(lua) }
}

class ByHand<L, Ref> implements OpenLua {
  readonly #lua: Binding<L, Ref>
  readonly #L: L
  readonly #callbacks: (() => void)[] = []
  #thrown: unknown

  constructor(lua: Binding<L, Ref>) {
    this.#lua = lua
    this.#L = lua.newState()
    lua.openLibraries(this.#L)
  }

  compile(chunk: string): () => unknown {
    const work = this.#define(chunk)
    return () => {
      this.#lua.pushKept(this.#L, work)
      return this.#call(0)
    }
  }

  close(): void {
    this.#lua.close(this.#L)
    for (const free of this.#callbacks) free()
  }

  border(): Border {
    this.#defineCallback(value => (value as number) + 1)
    const callBack = this.#define(chunks.callBack)
    this.#defineCallback(text => text)
    const callBackWithText = this.#define(chunks.callBackWithText)
    const list = this.#define(chunks.list)
    const keys = this.#define(chunks.keys)
    const readKey = this.#define(chunks.readKey)
    return {
      addNumbers: this.#addNumbers(this.#define(chunks.add)),
      echoText: this.#echoText(this.#define(chunks.echo)),
      callBack: times => this.#callWithNumber(callBack, times),
      callBackWithText: times => this.#callWithNumber(callBackWithText, times),
      sumList: () => this.#sum(list, key => key as number),
      sumKeys: () => this.#sum(keys, key => (key as string).length),
      passObject: object => this.#passObject(readKey, object),
    }
  }

  #addNumbers(add: Ref): (times: number) => number {
    const lua = this.#lua
    const L = this.#L
    return times => {
      let sum = 0
      for (let i = 0; i < times; i++) {
        lua.pushKept(L, add)
        lua.pushNumber(L, i)
        lua.pushNumber(L, 2)
        sum += this.#call(2) as number
      }
      return sum
    }
  }

  #echoText(echo: Ref): (times: number) => number {
    const lua = this.#lua
    const L = this.#L
    return times => {
      let length = 0
      for (let i = 0; i < times; i++) {
        lua.pushKept(L, echo)
        lua.pushText(L, someText)
        length += (this.#call(1) as string).length
      }
      return length
    }
  }

  #callWithNumber(work: Ref, value: number): number {
    this.#lua.pushKept(this.#L, work)
    this.#lua.pushNumber(this.#L, value)
    return this.#call(1) as number
  }

  #sum(table: Ref, weigh: (key: unknown) => number): number {
    const lua = this.#lua
    const L = this.#L
    let sum = 0
    lua.pushKept(L, table)
    lua.pushNil(L)
    while (lua.next(L, -2) !== 0) {
      sum += weigh(this.#read(L, -2)) + (this.#read(L, -1) as number)
      lua.setTop(L, -2)
    }
    lua.setTop(L, -2)
    return sum
  }

  #passObject(readKey: Ref, object: Readonly<Record<string, number>>): number {
    const lua = this.#lua
    const L = this.#L
    const keys = Object.keys(object)
    lua.pushKept(L, readKey)
    lua.createTable(L, 0, keys.length)
    for (const key of keys) {
      lua.pushNumber(L, object[key] as number)
      lua.setField(L, -2, key)
    }
    return this.#call(1) as number
  }

  /** Calls what was pushed; gives its first result. */
  #call(args: number): unknown {
    const status = this.#lua.call(this.#L, args, 1)
    const value = this.#read(this.#L, -1)
    this.#lua.setTop(this.#L, -2)
    if (status !== 0) throw this.#failure(value)
    return value
  }

  #read(L: L, index: number): unknown {
    switch (this.#lua.type(L, index)) {
      case types.number:
        return this.#lua.toNumber(L, index)
      case types.string:
        return this.#lua.toText(L, index)
      case types.boolean:
        return Boolean(this.#lua.toBoolean(L, index))
      default:
        return undefined
    }
  }

  #define(chunk: string): Ref {
    this.#must(this.#lua.load(this.#L, chunk))
    this.#must(this.#lua.call(this.#L, 0, 1))
    return this.#lua.keep(this.#L)
  }

  #defineCallback(callback: (value: unknown) => unknown): void {
    const wrapped = this.#lua.error === undefined
    if (wrapped) this.#must(this.#lua.load(this.#L, raising))
    this.#callbacks.push(this.#lua.pushFunction(this.#L, L => this.#run(L, callback)))
    if (wrapped) this.#must(this.#lua.call(this.#L, 1, 1))
    this.#lua.setGlobal(this.#L, 'callback')
  }

  #run(L: L, callback: (value: unknown) => unknown): number {
    try {
      this.#push(L, callback(this.#read(L, 1)))
      return 1
    } catch (error) {
      this.#thrown = error
    }
    this.#lua.pushNil(L)
    this.#lua.pushText(L, String(this.#thrown))
    return this.#lua.error?.(L) ?? 2
  }

  #push(L: L, value: unknown): void {
    if (typeof value === 'number') this.#lua.pushNumber(L, value)
    else if (typeof value === 'string') this.#lua.pushText(L, value)
    else this.#lua.pushNil(L)
  }

  #must(status: number): void {
    if (status !== 0) throw this.#failure(this.#lua.toText(this.#L, -1))
  }

  /** What a callback threw is the cause of what Lua tells. */
  #failure(told: unknown): Error {
    const cause = this.#thrown
    this.#thrown = undefined
    return new Error(String(told), { cause })
  }
}
