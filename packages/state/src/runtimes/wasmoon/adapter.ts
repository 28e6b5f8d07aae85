/** wasmoon, as `open-lua.ts` loads it: Lua 5.4 in WebAssembly. */
import type { Adapter } from '../../machine/adapter.ts'
import { hideFramesOf } from '../../stack.ts'
import type { Binding } from '../c-api/binding.ts'
import { CApiMachine } from '../c-api/machine.ts'
import { bindEngine } from './binding.ts'
import { capabilities } from './capabilities.ts'
import type { Engine } from './engine.ts'
import { findModule } from './find-module.ts'
import { startEngine } from './start-engine.ts'
import type { WasmModule } from '../../web-assembly/web-assembly.ts'

/** Of errors that come through WebAssembly. */
hideFramesOf('wasm://wasm')

/** Set once, when the module is found: the engine that all states of this process share. */
const shared: { engines?: Engines } = {}

/** Throws `LuaStateError` where wasmoon is missing or of another version. */
export async function loadWasmoon(): Promise<Adapter> {
  shared.engines ??= new Engines(await findModule())
  const { engines } = shared
  const { dialect } = engines.current()
  return {
    runtime: 'wasmoon',
    version: dialect.version,
    capabilities,
    open: (options, host) => new CApiMachine(engines.current(), options, host),
  }
}

/** One engine at a time, and another when that is broken. */
class Engines {
  readonly #module: WasmModule
  #running: { engine: Engine; binding: Binding } | undefined

  constructor(module: WasmModule) {
    this.#module = module
  }

  current(): Binding {
    if (this.#running === undefined || this.#running.engine.breakdown.error !== undefined) {
      const engine = startEngine(this.#module)
      this.#running = { engine, binding: bindEngine(engine) }
    }
    return this.#running.binding
  }
}
