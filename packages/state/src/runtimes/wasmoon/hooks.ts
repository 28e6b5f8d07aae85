/** The one hook of an engine, and what stands for `debug.sethook` and `debug.gethook`: they find the thread's state. */
import { luaTypes } from '../../machine/machine.ts'
import { dialects, type Api, type LuaPointer, type Pointer } from '../c-api/api.ts'
import type { InterruptContext, Interrupts } from '../c-api/binding.ts'
import { RunningThreads, type ThreadTools } from '../c-api/running-threads.ts'
import type { DebugFrames } from './debug-frames.ts'
import type { Engine } from './engine.ts'
import { WasmoonInterrupts } from './interrupts.ts'
import { mainThreadKey } from './layout.ts'
import { cFunction, libraries, libraryFunctions, setLibraryFunctions } from './library-functions.ts'
import { threadTools } from './thread-tools.ts'
import { theWatch } from './watch/watch.ts'
import type { WasmFunction } from '../../web-assembly/web-assembly.ts'

interface HookParts {
  readonly engine: Engine
  readonly api: Api
  readonly frames: DebugFrames
}

/** Lua's own. */
type Originals = Record<'sethook' | 'gethook', WasmFunction>

const { registryIndex } = dialects['5.4']

export class Hooks {
  readonly #engine: Engine
  readonly #api: Api
  readonly #frames: DebugFrames
  readonly #threadTools: ThreadTools
  readonly #states = new Map<LuaPointer, WasmoonInterrupts>()
  readonly #addresses: Record<'hook' | 'sethook' | 'gethook', Pointer>
  #originals: Originals | undefined

  constructor({ engine, api, frames }: HookParts) {
    this.#engine = engine
    this.#api = api
    this.#frames = frames
    this.#threadTools = threadTools(engine)
    this.#addresses = engine.addFunctions({
      hook: [{ params: ['i32', 'i32'] }, (L, debug) => this.#stateOf(L)?.run(L, debug)],
      sethook: [cFunction, L => this.#sethook(L)],
      gethook: [cFunction, L => this.#gethook(L)],
    })
  }

  /** For a state whose libraries are open. */
  createInterrupts(context: InterruptContext): Interrupts {
    const { main, options } = context
    const { hook, ...functions } = this.#addresses
    const limited = options.callTimeout !== undefined
    const interrupts = new WasmoonInterrupts(
      {
        engine: this.#engine,
        api: this.#api,
        frames: this.#frames,
        threads: new RunningThreads(this.#threadTools, main),
        hook,
        watch: limited ? theWatch() : undefined,
        closed: () => void this.#states.delete(main),
      },
      context,
    )
    this.#states.set(main, interrupts)
    if (limited) {
      this.#originals ??= libraryFunctions(this.#engine, main, libraries.debug, ['sethook', 'gethook'])
      setLibraryFunctions(this.#engine, main, libraries.debug, functions)
    }
    return interrupts
  }

  /** After Lua's own: keeps what it set, and puts our hook around it. */
  #sethook(L: LuaPointer): number {
    const thread = this.#threadArgument(L)
    const results = (this.#originals as Originals).sethook(L)
    this.#stateOf(L)?.adoptUserHook(thread)
    return results
  }

  #gethook(L: LuaPointer): number {
    const { gethook } = this.#originals as Originals
    const state = this.#stateOf(L)
    return state === undefined ? gethook(L) : state.withoutOurs(this.#threadArgument(L), () => gethook(L))
  }

  /** Both functions take a thread first, if they are given one. */
  #threadArgument(L: LuaPointer): LuaPointer {
    return this.#api.type(L, 1) === luaTypes.thread ? this.#api.tothread(L, 1) : L
  }

  #stateOf(L: LuaPointer): WasmoonInterrupts | undefined {
    this.#api.rawgeti(L, registryIndex, mainThreadKey)
    const main = this.#api.tothread(L, -1)
    this.#api.settop(L, -2)
    return this.#states.get(main)
  }
}
