/**
 * What `debug.sethook` of Lua code asked for, thread by thread: our own hook has its place, and runs it.
 *
 * The hook that is kept is Lua's own, which looks up the thread's function by itself and does nothing where there is
 * none: so it does no harm if a thread is gone and another has its address.
 */
import type { Api, LuaPointer, Pointer } from '../c-api/api.ts'
import type { Engine } from './engine.ts'
import { debugLayout, hookEvents, hookMasks, threadLayout } from './layout.ts'

export interface UserHook {
  readonly hook: Pointer
  readonly mask: number
  readonly count: number
  left: number
}

export class UserHooks {
  readonly #engine: Engine
  readonly #api: Api
  readonly #ours: Pointer
  readonly #hooks = new Map<LuaPointer, UserHook>()
  #running = false

  constructor(engine: Engine, api: Api, ours: Pointer) {
    this.#engine = engine
    this.#api = api
    this.#ours = ours
  }

  of(L: LuaPointer): UserHook | undefined {
    return this.#hooks.get(L)
  }

  /** Keeps what is set on the thread, if it is not ours. */
  adopt(L: LuaPointer): void {
    const hook = this.#api.gethook(L)
    if (hook === this.#ours) return
    if (hook === 0) return void this.#hooks.delete(L)
    const count = this.#api.gethookcount(L)
    this.#hooks.set(L, { hook, mask: this.#api.gethookmask(L), count, left: count })
  }

  forget(L: LuaPointer): void {
    this.#hooks.delete(L)
  }

  /** Our hook was called: so is the user's, if that is what it waits for. */
  run(L: LuaPointer, debug: Pointer): void {
    const user = this.#hooks.get(L)
    if (user === undefined || this.#running || !this.#isFor(user, L, debug)) return
    this.#running = true
    try {
      this.#runWithHooks(user, L, debug)
    } finally {
      this.#running = false
    }
  }

  /** Lua runs a hook with hooks switched off, and no deadline would hold in it: ours stays on. */
  #runWithHooks({ hook }: UserHook, L: LuaPointer, debug: Pointer): void {
    const { heap } = this.#engine
    heap.view.setUint8(L + threadLayout.allowHook, 1)
    this.#engine.functionAt(hook)(L, debug)
    heap.view.setUint8(L + threadLayout.allowHook, 0)
  }

  #isFor(user: UserHook, L: LuaPointer, debug: Pointer): boolean {
    const event = this.#engine.heap.view.getInt32(debug + debugLayout.event, true)
    if (event !== hookEvents.count) return true
    if ((user.mask & hookMasks.count) === 0) return false
    user.left -= this.#api.gethookcount(L)
    if (user.left > 0) return false
    user.left = user.count
    return true
  }
}
