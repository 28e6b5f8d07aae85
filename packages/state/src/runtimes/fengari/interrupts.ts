/**
 * Ends Lua code that runs: a count hook asks the host from time to time whether the call must end.
 *
 * An error that the hook raises can be caught by pcall in Lua. So once a call must end, the hook is set to every
 * instruction, of the thread and of all that wait for it: whoever catches it gets it again at once, and
 * `while true do pcall(loop) end` comes to its end. Message handlers of xpcall are not run: they may loop too.
 */
import type { Host } from '../../machine/machine.ts'
import { lua, type Debug, type Hook, type L } from './binding.ts'
import { captureTrace } from './trace.ts'

/** Instructions between two looks at the clock: the cost of the hook can't be measured. */
const interval = 10_000

/** What `debug.sethook` of Lua code asked for on one thread. */
interface UserHook {
  readonly hook: Hook
  readonly mask: number
  readonly count: number
  left: number
}

export class Interrupts {
  readonly #main: L
  readonly #host: Host
  readonly #users = new WeakMap<L, UserHook>()
  #watching = false
  #inUserHook = false

  constructor(main: L, host: Host) {
    this.#main = main
    this.#host = host
  }

  /** From now on the host is asked while Lua runs. Coroutines inherit the hook. */
  watch(): void {
    this.#watching = true
    this.#install(this.#main)
  }

  startUnwinding(thread: L): void {
    const threads = new Set<L>([this.#main])
    for (let L: L | undefined = thread; L !== undefined && !threads.has(L); L = L.resumedBy) threads.add(L)
    threads.add(thread)
    for (const L of threads) lua.lua_sethook(L, this.#hook, lua.LUA_MASKCOUNT, 1)
  }

  /**
   * After fengari's own `debug.sethook`: keeps what it set, and puts our hook around it. That begins to count anew, so
   * the host is asked here for those who do it all the time.
   */
  adoptUserHook(L: L): void {
    const error = this.#host.pending(() => captureTrace(L))
    if (error !== undefined) this.#raise(L, error)
    const { hook, hookmask: mask, basehookcount: count } = L
    if (hook === null || hook === this.#hook) this.#users.delete(L)
    else this.#users.set(L, { hook, mask, count, left: count })
    this.#install(L)
  }

  /** Runs `body` (fengari's `debug.gethook`) as if there were no hook of ours. */
  withoutOurs(L: L, body: () => number): number {
    const { hook, hookmask, basehookcount } = L
    const user = this.#users.get(L)
    if (hook === this.#hook) {
      Object.assign(L, {
        hook: user?.hook ?? null,
        hookmask: user?.mask ?? 0,
        basehookcount: user?.count ?? 0,
      })
    }
    try {
      return body()
    } finally {
      Object.assign(L, { hook, hookmask, basehookcount })
    }
  }

  #install(L: L): void {
    const user = this.#users.get(L)
    if (user === undefined && !this.#watching) return lua.lua_sethook(L, null, 0, 0)
    const count = user !== undefined && user.count > 0 ? Math.min(user.count, interval) : interval
    lua.lua_sethook(L, this.#hook, (user?.mask ?? 0) | lua.LUA_MASKCOUNT, count)
  }

  readonly #hook: Hook = (L, ar) => {
    if (ar.event === lua.LUA_HOOKCOUNT) {
      const error = this.#host.pending(() => captureTrace(L))
      if (error !== undefined) this.#raise(L, error)
      if (L.basehookcount === 1) this.#install(L)
    }
    const user = this.#users.get(L)
    if (user !== undefined && !this.#inUserHook && isFor(user, L, ar)) this.#runUserHook(user, L, ar)
  }

  /** Lua runs a hook with hooks switched off, and no deadline would hold in it: ours stays on. */
  #runUserHook({ hook }: UserHook, L: L, ar: Debug): void {
    this.#inUserHook = true
    L.allowhook = 1
    try {
      hook(L, ar)
    } finally {
      this.#inUserHook = false
    }
    L.allowhook = 0
  }

  #raise(L: L, error: Error): never {
    // A hook that has to be ended would have to be ended again.
    if (this.#inUserHook) this.#users.delete(L)
    this.startUnwinding(L)
    // A hook that throws leaves `allowhook` off, and a message handler could then loop for ever.
    L.allowhook = 1
    L.errfunc = 0
    throw error
  }

  /** Ends the running call with this error, from inside a function of ours; Lua code can't catch it. */
  end(L: L, error: Error): never {
    this.#host.abort(error)
    return this.#raise(L, error)
  }
}

function isFor(user: UserHook, L: L, ar: Debug): boolean {
  if (ar.event !== lua.LUA_HOOKCOUNT) return true
  if (user.count === 0) return false
  user.left -= L.basehookcount
  if (user.left > 0) return false
  user.left = user.count
  return true
}
