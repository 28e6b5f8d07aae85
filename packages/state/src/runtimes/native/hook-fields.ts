/**
 * Finds out where in its structures a Lua library keeps what belongs to a hook, for the watch thread to write there.
 *
 * That differs by version and build, so it is looked for in a state of its own: what `lua_sethook` changes, and what
 * is different while a hook runs. What was found is tried before it is used. Where anything is not as expected there
 * is no answer, and the watch thread calls `lua_sethook` instead.
 */
import { maskCount, type Dialect, type LuaPointer } from '../c-api/api.ts'
import { changed, placesOf, ScratchState, type ScratchTools } from './scratch-state.ts'
import { structures } from './watch/structures.ts'
import type { ThreadReader } from './watch/thread-reader.ts'
import type { HookFields, JitHookFields, PucHookFields, Structures } from './watch/watched-runtime.ts'

/** All are inside of larger blocks. */
const threadSize = 256
const jitStateSize = 1_024

const allMasks = 15
/** An address and a number of instructions that nothing else is by chance. */
const mark = { hook: 0x5a_c3_0f_a5_96_3c, count: 0x1b_ad_b0_02 }
const jitHookActive = 0x10

const someCoroutines = `coroutine.wrap(function()
  local inner = coroutine.create(function() local a = 1 end)
  coroutine.resume(inner)
end)()`
const someCode = 'local function f() local a = 1 return a end f() f()'

export function findHookFields(
  tools: ScratchTools,
  runtime: 'luajit' | Dialect['version'],
): HookFields | undefined {
  const state = new ScratchState(tools)
  try {
    return runtime === 'luajit' ? findJitFields(state) : findPucFields(state, structures[runtime])
  } finally {
    state.close()
  }
}

function findPucFields(state: ScratchState, known: Structures): PucHookFields | undefined {
  const { main } = state
  const thread = (mask: number) => {
    state.setHook(main, mark.hook, mask, mark.count)
    return state.bytesAt(main, threadSize)
  }
  const marked = thread(maskCount)
  const hook = only(placesOf(marked, mark.hook, 8))
  const mask = only(changed(marked, thread(allMasks), maskCount, allMasks))
  const [first, second, ...more] = placesOf(marked, mark.count, 4)
  state.setHook(main, 0, 0, 0)
  const allow = findAllow(state)
  if (hook === undefined || mask === undefined || allow === undefined) return undefined
  if (first === undefined || second === undefined || more.length > 0) return undefined
  const fields = { kind: 'puc', hook, mask, counts: [first, second], allow, structures: known } as const
  return endsCoroutine(state, fields) && followsCoroutines(state, known) ? fields : undefined
}

/** 1, but 0 inside of a hook; once it is 1 again, hooks are called there too. */
function findAllow(state: ScratchState): number | undefined {
  const { main } = state
  const outside = state.bytesAt(main, threadSize)
  let allow: number | undefined
  let nested = 0
  state.runHooked(someCode, () => {
    allow ??= only(changed(outside, state.bytesAt(main, threadSize), 1, 0))
    if (allow === undefined || nested > 0) return
    state.write(main + allow, 'uint8_t', 1)
    nested = state.runHooked(someCode)
  })
  return nested > 0 ? allow : undefined
}

/** Writes the fields of a coroutine, and sees whether the hook is called. */
function endsCoroutine(state: ScratchState, { hook, mask, counts }: PucHookFields): boolean {
  const coroutine = state.suspended(`coroutine.yield() ${someCode}`)
  const calls = state.countHooks(ours => {
    state.write(coroutine + hook, 'intptr_t', ours)
    for (const count of counts) state.write(coroutine + count, 'int', 1)
    state.write(coroutine + mask, 'uint8_t', maskCount)
    state.resume(coroutine)
  })
  return calls > 3
}

/** Looks from hooks inside of two coroutines whether the way to them is found. */
function followsCoroutines(state: ScratchState, known: Structures): boolean {
  const reader = state.readerOf(known)
  const ways: LuaPointer[][] = []
  let right = !reader.runsLua(reader.callOf(state.suspended('coroutine.yield()')))
  state.runHooked(someCoroutines, L => {
    const way = wayFrom(state.main, reader)
    ways.push(way)
    right &&= way.at(-1) === L && looksForHook(state, reader, L, known)
  })
  reader.close()
  return right && ways.some(way => way.length === 3)
}

function wayFrom(main: LuaPointer, reader: ThreadReader): LuaPointer[] {
  const way = [main]
  for (let next = reader.resumedBy(main); next !== 0; next = reader.resumedBy(next)) way.push(next)
  return way
}

/** A hook is called in functions of Lua, and while it is set they look for it. */
function looksForHook(
  state: ScratchState,
  reader: ThreadReader,
  L: LuaPointer,
  { trap }: Structures,
): boolean {
  const call = reader.callOf(L)
  if (trap !== undefined && state.bytesAt(call + trap, 4).readInt32LE() !== 1) return false
  return reader.runsLua(call)
}

function findJitFields(state: ScratchState): JitHookFields | undefined {
  const { main } = state
  let fields: JitHookFields | undefined
  let nested = 0
  state.setHook(main, mark.hook, maskCount, mark.count)
  const outside = state.bytesAt(main, jitStateSize)
  const hooked = state.runHooked(someCode, () => {
    const inside = state.bytesAt(main, jitStateSize)
    const flags = only(changed(outside, inside, maskCount, maskCount | jitHookActive))
    if (flags === undefined || nested > 0) return
    fields = { kind: 'jit', flags, active: jitHookActive }
    state.write(main + flags, 'uint8_t', maskCount)
    nested = state.runHooked(someCode)
  })
  return hooked > 0 && nested > 0 ? fields : undefined
}

function only(places: readonly number[]): number | undefined {
  return places.length === 1 ? places[0] : undefined
}
