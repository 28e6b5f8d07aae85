/**
 * fengari, seen as a `Machine`. Values of fengari are objects of JS, so a `Ref` is the value itself: what JS
 * holds keeps it alive, and the garbage collector frees it without any register.
 *
 * The hot paths write to fengari's stack directly: its public API copies each string and checks each push.
 */
import type { Capabilities } from '../../capabilities.ts'
import { LuaStateRangeError } from '../../errors.ts'
import type { Callback, Host, Machine, Outcome, Ref, Resumed, Thread, Trace } from '../../machine/machine.ts'
import type { CheckedOptions } from '../../options.ts'
import { internals, lauxlib, lua, name, tags, type CFunction, type L } from './binding.ts'
import { capabilities, version } from './capabilities.ts'
import { Interrupts } from './interrupts.ts'
import { openLibraries } from './libraries/open-libraries.ts'
import { captureTrace } from './trace.ts'

const { TValue } = internals
const done: Outcome = { kind: 'done' }
const noTrace: Trace = { traceback: 'stack traceback:', frames: [] }
const objectKey = Symbol('the JS object of a userdata')

/** Light userdata have no identity of their own: this stands for one. */
class LightUserdata {
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
}

const at = (thread: Thread): L => thread as L

export class FengariMachine implements Machine {
  readonly runtime = 'fengari'
  readonly version = version
  readonly capabilities: Capabilities = capabilities
  readonly loadedFiles = new Set<string>()
  readonly main: Thread
  readonly #interrupts: Interrupts
  readonly #handler: CFunction
  #trace: Trace | undefined

  constructor(options: CheckedOptions, host: Host) {
    const L = lauxlib.luaL_newstate()
    this.main = L as Thread
    lua.lua_atnativeerror(L, thread => {
      host.pushThrown(thread as Thread, lua.lua_touserdata(thread, 1))
      return 1
    })
    this.#handler = thread => {
      this.#trace = captureTrace(thread)
      return 1
    }
    this.#interrupts = new Interrupts(L, host)
    openLibraries(L, { options, host, interrupts: this.#interrupts, loadedFiles: this.loadedFiles })
    if (options.callTimeout !== undefined) this.#interrupts.watch()
  }

  top(thread: Thread): number {
    return lua.lua_gettop(at(thread))
  }

  setTop(thread: Thread, top: number): void {
    lua.lua_settop(at(thread), top)
  }

  ensure(thread: Thread, count: number): void {
    if (lua.lua_checkstack(at(thread), count)) return
    throw new LuaStateRangeError(
      'LUA_STATE_STACK_FULL',
      `${count} values were to be passed to Lua at once, more than fengari's stack can take (1,000,000). ` +
        `Pass them in a table.`,
    )
  }

  remove(thread: Thread, index: number): void {
    lua.lua_remove(at(thread), index)
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

  pushValue(thread: Thread, index: number): void {
    lua.lua_pushvalue(at(thread), index)
  }

  pushRef(thread: Thread, ref: Ref): void {
    push(at(thread), tagOf(ref), ref instanceof LightUserdata ? ref.value : ref)
  }

  pushCallback(thread: Thread, callback: Callback): void {
    push(at(thread), tags.lightFunction, callback)
  }

  pushObject(thread: Thread, object: object): void {
    const L = at(thread)
    lua.lua_newuserdata(L, 0)[objectKey] = object
    lua.lua_insert(L, -2)
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
    return lua.lua_type(at(thread), index)
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

  setMetatable(thread: Thread, index: number): void {
    lua.lua_setmetatable(at(thread), index)
  }

  rawGet(thread: Thread, index: number): void {
    lua.lua_rawget(at(thread), index)
  }

  rawSet(thread: Thread, index: number): void {
    lua.lua_rawset(at(thread), index)
  }

  rawLength(thread: Thread, index: number): number {
    return lua.lua_rawlen(at(thread), index)
  }

  next(thread: Thread, index: number): boolean {
    return lua.lua_next(at(thread), index) !== 0
  }

  pushHandler(thread: Thread): void {
    push(at(thread), tags.lightFunction, this.#handler)
  }

  call(thread: Thread, args: number): Outcome {
    const L = at(thread)
    const status = lua.lua_pcall(L, args, lua.LUA_MULTRET, lua.lua_gettop(L) - args - 1)
    return status === lua.LUA_OK ? done : { kind: 'failed', trace: this.#failed(L, status) }
  }

  load(thread: Thread, bytes: Uint8Array, chunkName: Uint8Array): boolean {
    const L = at(thread)
    const reader = (_: L, data: { bytes: Uint8Array | null }) => {
      const { bytes: rest } = data
      data.bytes = null
      return rest
    }
    return lua.lua_load(L, reader, { bytes }, chunkName, name('t')) === lua.LUA_OK
  }

  resume(thread: Thread, from: Thread, args: number): Resumed {
    const [L, resumer] = [at(thread), at(from)]
    L.resumedBy = resumer
    const status = lua.lua_resume(L, resumer, args)
    const count = lua.lua_gettop(L)
    if (status === lua.LUA_OK) return { kind: 'returned', count }
    if (status === lua.LUA_YIELD) return { kind: 'yielded', count }
    return { kind: 'failed', trace: captureTrace(L) }
  }

  statusOf(thread: Thread): 'suspended' | 'normal' | 'dead' {
    const L = at(thread)
    const status = lua.lua_status(L)
    if (status === lua.LUA_YIELD) return 'suspended'
    if (status !== lua.LUA_OK) return 'dead'
    if (lua.lua_getstack(L, 0, new lua.lua_Debug()) > 0) return 'normal'
    return lua.lua_gettop(L) === 0 ? 'dead' : 'suspended'
  }

  suspend(thread: Thread, settle: Callback): number {
    return lua.lua_yieldk(at(thread), 0, null, settle as CFunction)
  }

  isYieldable(thread: Thread): boolean {
    return lua.lua_isyieldable(at(thread))
  }

  startUnwinding(thread: Thread): void {
    this.#interrupts.startUnwinding(at(thread))
  }

  /** The garbage collector is JavaScript's own: there is nothing to ask for. */
  collectGarbage(): void {}

  memoryUsed(): undefined {
    return undefined
  }

  close(): void {
    lua.lua_close(at(this.main))
  }

  /** -1: an error of JS for which not even `pushThrown` could run, which is an overflow of the JS stack. */
  #failed(L: L, status: number): Trace {
    if (status === -1) {
      lua.lua_settop(L, -2)
      this.pushBytes(L as Thread, name('stack overflow'))
    }
    const trace = this.#trace ?? noTrace
    this.#trace = undefined
    return trace
  }
}

function push(L: L, type: number, value: unknown): void {
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
