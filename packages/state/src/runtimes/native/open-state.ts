/** Opens a bare state: with Lua's own allocator, or with one that keeps to a limit. */
import { LuaMemoryError, LuaStateError } from '../../errors.ts'
import type { LuaPointer } from '../c-api/api.ts'
import type { Binding, OpenedState } from '../c-api/binding.ts'
import { layout } from '../c-api/memory.ts'
import { MemoryLimits } from './memory-limits.ts'
import type { NativeParts } from './native-parts.ts'
import { RunningThreads } from '../c-api/running-threads.ts'

export function stateOpener(parts: NativeParts): Binding['newState'] {
  const newState = parts.library.func('luaL_newstate', 'intptr_t', [])
  // Now and not when it is first needed: see `registerCallback`.
  const openLimited = limitedOpener(parts)
  return ({ maxMemory }) => {
    if (maxMemory !== undefined) return openLimited(maxMemory)
    const main = Number(newState())
    if (main === 0) throw new LuaMemoryError('not enough memory')
    noteThreads(parts, main)
    return { main, memoryLimit: undefined, dispose: () => void parts.threads.delete(main) }
  }
}

function limitedOpener(parts: NativeParts): (most: number) => OpenedState {
  const { library, threads } = parts
  const limits = new MemoryLimits(parts)
  const newState = library.func('lua_newstate', 'intptr_t', ['intptr_t', 'intptr_t'])
  const collectOften = collectorSwitch(parts)
  return most => {
    const { usage, number } = limits.add(most)
    const main = Number(newState(limits.allocator, number))
    if (main === 0) throw unlimited(parts)
    collectOften(main)
    usage.threads = noteThreads(parts, main)
    const dispose = () => {
      threads.delete(main)
      limits.remove(number)
    }
    return { main, memoryLimit: usage, dispose }
  }
}

function noteThreads(
  { api, frames, dialect, memory, threads }: NativeParts,
  main: LuaPointer,
): RunningThreads {
  const { firstUpvalue } = dialect
  const isInC = (L: LuaPointer) => frames.isInC(L)
  const running = new RunningThreads({ api, isInC, firstUpvalue, room: memory.scratch + layout.debug }, main)
  threads.set(main, running)
  return running
}

/** 5.1 and LuaJIT do not collect when memory is refused. */
function collectorSwitch({ library, dialect }: NativeParts): (main: LuaPointer) => void {
  if (dialect.version !== '5.1') return () => {}
  const gc = library.func('lua_gc', 'int', ['intptr_t', 'int', 'int'])
  const [setPause, setStepMultiplier] = [6, 7]
  return main => {
    gc(main, setPause, 100)
    gc(main, setStepMultiplier, 400)
  }
}

/** LuaJIT without GC64 takes memory from where its short pointers reach, and lets nobody else do it. */
function unlimited({ runtime }: NativeParts): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_OPTION_UNSUPPORTED',
    `openLua('${runtime}') was given the option 'maxMemory', which this build of ${runtime} can't serve ` +
      `(lua_newstate gave no state). Use a LuaJIT that is built with GC64, or remove the option.`,
  )
}
