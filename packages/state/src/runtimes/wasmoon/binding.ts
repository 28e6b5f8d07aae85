/** An engine, as the machine over Lua's C API needs it. */
import { LuaMemoryError } from '../../errors.ts'
import type { CheckedOptions } from '../../options.ts'
import { dialects } from '../c-api/api.ts'
import type { Binding, OpenedState } from '../c-api/binding.ts'
import { CallTable } from '../c-api/call-table.ts'
import { layout } from '../c-api/memory.ts'
import { createApi } from './api.ts'
import { capabilities } from './capabilities.ts'
import { DebugFrames } from './debug-frames.ts'
import type { Engine } from './engine.ts'
import { Hooks } from './hooks.ts'
import { cFunction } from './library-functions.ts'
import { WasmMemory } from './memory.ts'
import { MemoryLimits, sharedLimit } from './memory-limits.ts'
import { librariesOpener } from './open-libraries.ts'

/** At about 180 levels JS and Lua that call each other have used up the stack of JS. */
const maxNesting = 120

export function bindEngine(engine: Engine): Binding {
  const memory = new WasmMemory(engine)
  const api = { ...createApi(engine, memory.scratch + layout.out), openlibs: librariesOpener(engine) }
  const dialect = dialects['5.4']
  const calls = new CallTable(api, dialect.firstUpvalue, maxNesting)
  const frames = new DebugFrames(engine)
  const hooks = new Hooks({ engine, api, frames })
  const { call } = engine.addFunctions({ call: [cFunction, L => runForLua(engine, calls, L)] })
  const entry = { address: call, upvalues: 1 } as const
  return {
    runtime: 'wasmoon',
    dialect,
    capabilities,
    maxNesting,
    api,
    memory,
    calls,
    entryFor: () => entry,
    newState: stateOpener(engine, frames),
    createInterrupts: context => hooks.createInterrupts(context),
    writesPastConsole: false,
    beforeCModule: () => {},
  }
}

/** JS code of users. If WebAssembly broke down meanwhile, Lua must not go on. */
function runForLua(engine: Engine, calls: CallTable, L: number): number {
  const results = engine.protectedCalls.barrier(calls.run, L)
  if (engine.breakdown.error !== undefined) throw engine.breakdown.error
  return results
}

function stateOpener(engine: Engine, frames: DebugFrames): Binding['newState'] {
  const limits = new MemoryLimits(engine, frames)
  const shared = sharedLimit(engine)
  return ({ maxMemory }: CheckedOptions): OpenedState => {
    const main = engine.exports.luaL_newstate()
    if (main === 0) throw new LuaMemoryError('not enough memory')
    if (maxMemory === undefined) return { main, memoryLimit: shared, dispose: () => {} }
    const { limit, forget } = limits.limit(main, maxMemory)
    return { main, memoryLimit: limit, dispose: forget }
  }
}
