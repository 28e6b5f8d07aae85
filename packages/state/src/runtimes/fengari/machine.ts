/** fengari, seen as a `Machine`: calls, coroutines and what surrounds them, on top of its stack. */
import type { Capabilities } from '../../capabilities.ts'
import type { AllResults, Callback, Host, Machine, Resumed, Thread, Trace } from '../../machine/machine.ts'
import type { CheckedOptions } from '../../options.ts'
import type { LuaFrame } from '../../stack.ts'
import { lauxlib, lua, name, tags, type CFunction, type L } from './binding.ts'
import { readOnce } from './read-once.ts'
import { at, FengariStack, push } from './stack.ts'
import { capabilities, version } from './capabilities.ts'
import { Interrupts } from './interrupts.ts'
import type { LuaFile } from './libraries/io/lua-file.ts'
import { openLibraries } from './libraries/open-libraries.ts'
import { takeSnapshot } from './snapshot/take-snapshot.ts'
import { captureTrace, framesBelow } from './trace.ts'

const noTrace: Trace = { traceback: 'stack traceback:', frames: [] }

export class FengariMachine extends FengariStack implements Machine {
  readonly runtime = 'fengari'
  readonly version = version
  readonly capabilities: Capabilities = capabilities
  readonly restingTop = 0
  /** fengari ends at 200 levels of C calls, and JS's own stack is not far. */
  readonly maxNesting = 180
  readonly loadedFiles = new Set<string>()
  readonly main: Thread
  readonly #interrupts: Interrupts
  readonly #handler: CFunction
  readonly #openFiles = new Set<LuaFile>()
  #trace: Trace | undefined

  constructor(options: CheckedOptions, host: Host) {
    super()
    const L = lauxlib.luaL_newstate()
    this.main = L as Thread
    lua.lua_atnativeerror(L, thread => {
      host.pushThrown(thread as Thread, lua.lua_touserdata(thread, 1))
      return 1
    })
    this.#handler = handlerOf(trace => void (this.#trace = trace))
    this.#interrupts = new Interrupts(L, host)
    openLibraries(L, {
      options,
      host,
      interrupts: this.#interrupts,
      loadedFiles: this.loadedFiles,
      openFiles: this.#openFiles,
      prependTrace: inner => this.#prependTrace(inner),
    })
    if (options.callTimeout !== undefined) this.#interrupts.watch()
  }

  pushHandler(thread: Thread): void {
    push(at(thread), tags.lightFunction, this.#handler)
  }

  call(thread: Thread, args: number, wanted: 1 | AllResults): boolean {
    const L = at(thread)
    const status = lua.lua_pcall(L, args, wanted, lua.lua_gettop(L) - args - 1)
    if (status === lua.LUA_OK) return true
    if (status === -1) this.#tellOverflow(L)
    return false
  }

  takeTrace(): Trace {
    const trace = this.#trace ?? noTrace
    this.#trace = undefined
    return trace
  }

  load(thread: Thread, bytes: Uint8Array, chunkName: Uint8Array): boolean {
    const L = at(thread)
    const { nCcalls } = L
    // To fengari's parser the levels of calls count as levels of the source, and 100 of each are a syntax error.
    L.nCcalls = 0
    const status = lua.lua_load(L, readOnce, { bytes }, chunkName, name('t'))
    L.nCcalls = nCcalls
    return status === lua.LUA_OK
  }

  resume(thread: Thread, from: Thread, args: number): Resumed {
    const [L, resumer] = [at(thread), at(from)]
    L.resumedBy = resumer
    resumer.resumes = L
    const status = lua.lua_resume(L, resumer, args)
    L.resumedBy = undefined
    resumer.resumes = undefined
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

  pushSnapshotter(thread: Thread): void {
    push(at(thread), tags.lightFunction, takeSnapshot)
  }

  /** The hook asks by itself, every so many instructions. */
  limitBegins(): void {}
  limitEnds(): void {}

  startUnwinding(thread: Thread): void {
    this.#interrupts.startUnwinding(at(thread))
  }

  /** The hook sees that nothing is pending any more. */
  stopUnwinding(): void {}

  whereLuaIs(): LuaFrame[] {
    return framesBelow(at(this.main))
  }

  /** The garbage collector is JavaScript's own: there is nothing to ask for. */
  collectGarbage(): void {}

  memoryUsed(): undefined {
    return undefined
  }

  close(): void {
    for (const file of this.#openFiles) file.close()
    lua.lua_close(at(this.main))
  }

  /** Only for an error that nothing in Lua catches: for others no trace has been taken. */
  #prependTrace({ frames, traceback }: Trace): void {
    const outer = this.#trace
    if (outer === undefined) return
    this.#trace = { frames: [...frames, ...outer.frames], traceback: `${traceback}\n${outer.traceback}` }
  }

  /** An error of JS for which not even `pushThrown` could run, which is an overflow of the JS stack. */
  #tellOverflow(L: L): void {
    lua.lua_settop(L, -2)
    this.pushText(L as Thread, 'stack overflow')
  }
}

/** Takes the trace, and leaves the error as it is. */
function handlerOf(take: (trace: Trace) => void): CFunction {
  return thread => {
    take(captureTrace(thread))
    return 1
  }
}
