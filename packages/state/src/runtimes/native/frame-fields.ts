/**
 * Finds out whether frames can be read from outside of a Lua library (see `watch/read-frame.ts`): in a state of its own
 * what is read is compared with what Lua itself says. Where anything differs there is no answer, and nothing is read.
 */
import { isDeepStrictEqual } from 'node:util'
import type { Dialect, LuaPointer } from '../c-api/api.ts'
import type { DebugFrames } from './debug-frames.ts'
import { ScratchState, type ScratchTools } from './scratch-state.ts'
import { frameReader } from './watch/frame-reader.ts'
import type { FrameReader } from './watch/read-frame.ts'
import { frameFields } from './watch/structures.ts'
import type { FrameFields, JitFrameFields } from './watch/watched-runtime.ts'

export interface FrameTools extends ScratchTools {
  readonly frames: DebugFrames
}

/** In which all of a thread's functions have lines of their own. */
const nested = `local function inner(...)
  local a = 1
  return coroutine.wrap(function()
    local b = 2

    return b
  end)(), a
end

local function outer()
  local c = inner(1, 2)
  return c
end
outer() pcall(outer)
local _ = setmetatable({}, { __index = function(t, k)
  return inner(t, k) end }).x`

/** Of LuaJIT's `global_State`, what is searched. */
const globalSize = 1_024
const globalAt = 16

export function findFrameFields(
  tools: FrameTools,
  runtime: 'luajit' | Dialect['version'],
): FrameFields | undefined {
  const state = new ScratchState(tools)
  try {
    const fields = runtime === 'luajit' ? findJitFields(state) : frameFields[runtime]
    return fields !== undefined && readsFrames(tools, state, fields) ? fields : undefined
  } finally {
    state.close()
  }
}

/** From a hook at each instruction; of LuaJIT's running function the line is not where it is looked for. */
function readsFrames({ koffi, frames }: FrameTools, state: ScratchState, fields: FrameFields): boolean {
  const reader = frameReader(koffi, fields)
  let [looks, rights] = [0, 0]
  state.runHooked(nested, L => {
    const known = fields.kind === 'jit' ? 1 : 0
    looks++
    if (isDeepStrictEqual(readLines(reader, L).slice(known), toldLines(frames, L).slice(known))) rights++
  })
  reader.close()
  return looks > 20 && rights === looks
}

function readLines(reader: FrameReader, L: LuaPointer): string[] {
  return reader.framesOf({ main: L, thread: L }).map(({ source, line }) => `${source}:${line}`)
}

function toldLines(frames: DebugFrames, L: LuaPointer): string[] {
  return frames.traceOf(L).frames.map(({ source, line }) => `${source}:${line}`)
}

/** The one place that always names the thread that runs, and the first that always names the main thread. */
function findJitFields(state: ScratchState): JitFrameFields | undefined {
  const { main } = state
  const global = Number(state.bytesAt(main + globalAt, 8).readBigUInt64LE())
  let current: number[] | undefined
  let mains: number[] | undefined
  state.runHooked(nested, L => {
    const bytes = state.bytesAt(global, globalSize)
    const places = (thread: LuaPointer) => wordsOf(bytes, thread)
    current = (current ?? places(L)).filter(at => places(L).includes(at))
    mains = (mains ?? places(main)).filter(at => places(main).includes(at))
  })
  const [running, ofMain] = [current?.at(-1), mains?.[0]]
  if (running === undefined || ofMain === undefined) return undefined
  return { kind: 'jit', current: running, vmState: ofMain - 8 }
}

function wordsOf(bytes: Buffer, value: number): number[] {
  const places: number[] = []
  for (let at = 0; at + 8 <= bytes.length; at += 8) {
    if (bytes.readBigUInt64LE(at) === BigInt(value)) places.push(at)
  }
  return places
}
