/**
 * The stack of a thread of fengari. Values of fengari are objects of JS, so a `Ref` is the value itself: what JS
 * holds keeps it alive, and the garbage collector frees it without any register.
 *
 * The hot paths write to the stack directly: fengari's public API copies each string and checks each push.
 */
import { LuaStateRangeError } from '../../errors.ts'
import type { Callback, ObjectSupport, Ref, Thread } from '../../machine/machine.ts'
import { decodeUtf8, encodeUtf8 } from '../../values/strings.ts'
import { internals, lauxlib, lua, name, tags, type L } from './binding.ts'

const { TValue } = internals
const objectKey = Symbol('the JS object of a userdata')

/** Light userdata have no identity of their own: this stands for one. */
class LightUserdata {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

export const at = (thread: Thread): L => thread as L

export class FengariStack {
  readonly #objects = new WeakMap<object, Ref>()

  top(thread: Thread): number {
    return lua.lua_gettop(at(thread))
  }

  setTop(thread: Thread, top: number): void {
    lua.lua_settop(at(thread), top)
  }

  pop(thread: Thread, count: number): void {
    lua.lua_settop(at(thread), -count - 1)
  }

  ensure(thread: Thread, count: number): void {
    if (lua.lua_checkstack(at(thread), count)) return
    throw new LuaStateRangeError(
      'LUA_STATE_STACK_FULL',
      `${count} values were to be passed to Lua at once, more than fengari's stack can take (1,000,000). ` +
        `Pass them in a table.`,
    )
  }

  move(from: Thread, to: Thread, count: number): void {
    lua.lua_xmove(at(from), at(to), count)
  }

  pushNil(thread: Thread): void {
    push(at(thread), tags.nil, null)
  }

  pushBoolean(thread: Thread, value: boolean): void {
    push(at(thread), tags.boolean, value)
  }

  pushNumber(thread: Thread, value: number): void {
    const integer = (value | 0) === value && (value !== 0 || 1 / value > 0)
    push(at(thread), integer ? tags.integer : tags.float, value)
  }

  pushBigInt(thread: Thread, value: bigint): void {
    if (BigInt.asIntN(32, value) === value) return push(at(thread), tags.integer, Number(value))
    throw new LuaStateRangeError(
      'LUA_STATE_VALUE_RANGE',
      `The bigint ${value} was to go into Lua, but fengari's integers have 32 bits (-2147483648 to 2147483647). ` +
        `Pass a number (it becomes a float) or a string, or choose a runtime with 64-bit integers.`,
    )
  }

  pushBytes(thread: Thread, bytes: Uint8Array): void {
    const L = at(thread)
    push(L, tags.string, new internals.TString(L, bytes))
  }

  pushText(thread: Thread, text: string): void {
    this.pushBytes(thread, encodeUtf8(text))
  }

  pushValue(thread: Thread, index: number): void {
    lua.lua_pushvalue(at(thread), index)
  }

  pushRef(thread: Thread, ref: Ref): void {
    push(at(thread), tagOf(ref), ref instanceof LightUserdata ? ref.value : ref)
  }

  pushCallback(thread: Thread, callback: Callback): void {
    push(at(thread), tags.lightFunction, callback)
  }

  giveResults(_thread: Thread, count: number): number {
    return count
  }

  pushObject(thread: Thread, object: object, support: ObjectSupport): void {
    const known = this.#objects.get(object)
    if (known !== undefined) return this.pushRef(thread, known)
    const L = at(thread)
    const table = support.objectMetatable(thread)
    lua.lua_newuserdata(L, 0)[objectKey] = object
    this.#objects.set(object, this.refAt(thread, -1))
    this.pushRef(thread, table)
    lua.lua_setmetatable(L, -2)
  }

  pushTable(thread: Thread): void {
    lua.lua_createtable(at(thread), 0, 0)
  }

  pushGlobals(thread: Thread): void {
    lua.lua_pushglobaltable(at(thread))
  }

  pushThread(thread: Thread): void {
    const L = at(thread)
    const coroutine = lua.lua_newthread(L)
    lua.lua_insert(L, -2)
    lua.lua_xmove(L, coroutine, 1)
  }

  typeAt(thread: Thread, index: number): number {
    return slot(at(thread), index).type & 0x0f
  }

  booleanAt(thread: Thread, index: number): boolean {
    return lua.lua_toboolean(at(thread), index)
  }

  numberAt(thread: Thread, index: number): number {
    return slot(at(thread), index).value as number
  }

  bytesAt(thread: Thread, index: number): Uint8Array {
    return (slot(at(thread), index).value as { getstr(): Uint8Array }).getstr()
  }

  textAt(thread: Thread, index: number): string {
    return decodeUtf8(this.bytesAt(thread, index))
  }

  refAt(thread: Thread, index: number): Ref {
    const { type, value } = slot(at(thread), index)
    return type === tags.lightUserdata ? (new LightUserdata(value) as Ref) : (value as Ref)
  }

  callbackAt(thread: Thread, index: number): Callback | undefined {
    const { type, value } = slot(at(thread), index)
    return type === tags.lightFunction ? (value as Callback) : undefined
  }

  objectAt(thread: Thread, index: number): object | undefined {
    const { type, value } = slot(at(thread), index)
    if (type !== tags.userdata) return undefined
    return (value as { data: Record<symbol, object> }).data[objectKey]
  }

  threadAt(thread: Thread, index: number): Thread {
    return slot(at(thread), index).value as Thread
  }

  pushMetafield(thread: Thread, index: number, field: string): boolean {
    return lauxlib.luaL_getmetafield(at(thread), index, name(field)) !== tags.nil
  }

  hasMetatable(thread: Thread, index: number): boolean {
    const { type, value } = slot(at(thread), index)
    return type !== tags.table || (value as { metatable: object | null }).metatable !== null
  }

  rawGet(thread: Thread, index: number): void {
    lua.lua_rawget(at(thread), index)
  }

  rawSet(thread: Thread, index: number): void {
    lua.lua_rawset(at(thread), index)
  }

  setField(thread: Thread, index: number, field: string): void {
    const L = at(thread)
    this.pushText(thread, field)
    lua.lua_insert(L, -2)
    lua.lua_rawset(L, index)
  }

  rawLength(thread: Thread, index: number): number {
    return lua.lua_rawlen(at(thread), index)
  }

  next(thread: Thread, index: number): boolean {
    return lua.lua_next(at(thread), index) !== 0
  }
}

export function push(L: L, type: number, value: unknown): void {
  L.stack[L.top++] = new TValue(type, value)
}

/** A stack slot by positive or negative index. */
function slot(L: L, index: number): { type: number; value: unknown } {
  return L.stack[index > 0 ? L.ci.funcOff + index : L.top + index] as { type: number; value: unknown }
}

function tagOf(ref: Ref): number {
  if (ref instanceof internals.Table) return tags.table
  if (ref instanceof internals.LClosure) return tags.luaClosure
  if (typeof ref === 'function') return tags.lightFunction
  if (ref instanceof internals.CClosure) return tags.closure
  if (ref instanceof internals.Udata) return tags.userdata
  return ref instanceof internals.lua_State ? tags.thread : tags.lightUserdata
}
