/** What stands in Lua for something of JS: functions for callbacks, userdata for objects. */
import type { Callback, ObjectSupport } from '../../machine/machine.ts'
import { threadOf, type Api, type LuaPointer } from './api.ts'
import type { Binding } from './binding.ts'
import type { CallOwner } from './call-table.ts'
import type { Refs } from './refs.ts'
import type { Shim } from './shim-slots.ts'
import { WeakValues } from './weak-values.ts'

export class JsValues {
  readonly #binding: Binding
  readonly #api: Api
  readonly #owner: CallOwner
  readonly #refs: Refs
  readonly #shim: Shim
  readonly #functions: WeakValues<Callback>
  readonly #objects: WeakValues<object>
  readonly #freeObjectIds: number[] = []
  #nextObjectId = 1

  constructor(binding: Binding, owner: CallOwner, refs: Refs, shim: Shim) {
    const { api, calls, dialect } = binding
    this.#binding = binding
    this.#api = api
    this.#owner = owner
    this.#refs = refs
    this.#shim = shim
    this.#functions = new WeakValues(api, dialect.registryIndex, shim.functions, id => calls.remove(id))
    this.#objects = new WeakValues(api, dialect.registryIndex, shim.objects, id => {
      this.#freeObjectIds.push(id)
    })
  }

  pushCallback(L: LuaPointer, callback: Callback): void {
    if (this.#functions.push(L, callback)) return
    const id = this.#binding.calls.add(this.#owner, callback)
    if (!this.#pushWrapped(L, id) && !withoutHook(this.#api, L, () => this.#pushWrapped(L, id))) {
      this.#binding.calls.remove(id)
      throw new RangeError('Maximum call stack size exceeded')
    }
    this.#functions.add(L, callback, id)
  }

  /** Runs Lua: a hook that ends the running call, or one of users, can raise in it, and C's stack may be used up. */
  #pushWrapped(L: LuaPointer, id: number): boolean {
    const { address, upvalues } = this.#binding.entryFor(id)
    this.#pushSlot(L, this.#shim.wrap)
    if (upvalues === 1) this.#api.pushlightuserdata(L, id)
    this.#api.pushcclosure(L, address, upvalues)
    this.#api.pushinteger(L, id)
    if (this.#api.pcall(L, 2, 1, 0) === 0) return true
    this.#api.settop(L, -2)
    return false
  }

  /** In a table, which the Lua function around the callback unpacks: it takes two values. */
  giveResults(L: LuaPointer, count: number): number {
    const first = this.#api.gettop(L) - count + 1
    this.#api.createtable(L, count, 1)
    for (let index = 0; index <= count; index++) {
      this.#api.pushinteger(L, index)
      if (index === 0) this.#api.pushinteger(L, count)
      else this.#api.pushvalue(L, first + index - 1)
      this.#api.rawset(L, -3)
    }
    this.#pushSlot(L, this.#shim.several)
    return 2
  }

  pushObject(L: LuaPointer, object: object, support: ObjectSupport): void {
    if (this.#objects.push(L, object)) return
    const metatable = support.objectMetatable(threadOf(L))
    const id = this.#freeObjectIds.pop() ?? this.#nextObjectId++
    this.#api.newuserdata(L, 0)
    this.#refs.push(L, metatable)
    this.#api.setmetatable(L, -2)
    this.#pushSlot(L, this.#shim.objects)
    this.#api.pushinteger(L, id)
    this.#api.pushvalue(L, -3)
    this.#api.rawset(L, -3)
    this.#api.settop(L, -2)
    this.#objects.add(L, object, id)
  }

  callbackAt(L: LuaPointer, index: number): Callback | undefined {
    return this.#functions.targetAt(L, index)
  }

  objectAt(L: LuaPointer, index: number): object | undefined {
    return this.#objects.targetAt(L, index)
  }

  /** What Lua let go JS lets go too. */
  sweep(L: LuaPointer): void {
    this.#functions.sweep(L)
    this.#objects.sweep(L)
  }

  /** When Lua is gone. */
  clear(): void {
    this.#functions.clear()
    this.#objects.clear()
  }

  #pushSlot(L: LuaPointer, slot: number): void {
    this.#api.rawgeti(L, this.#binding.dialect.registryIndex, slot)
  }
}

function withoutHook(api: Api, L: LuaPointer, body: () => boolean): boolean {
  const [hook, mask, count] = [api.gethook(L), api.gethookmask(L), api.gethookcount(L)]
  api.sethook(L, 0, 0, 0)
  const done = body()
  api.sethook(L, hook, mask, count)
  return done
}
