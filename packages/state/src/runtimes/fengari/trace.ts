/** Where Lua was: its traceback as Lua writes it, and the same as data. */
import type { Trace } from '../../machine/machine.ts'
import type { LuaFrame } from '../../stack.ts'
import { decodeUtf8 } from '../../values/strings.ts'
import { isBetweenSteps } from './between-steps.ts'
import { lauxlib, lua, name, tags, type Debug, type L } from './binding.ts'

/** How many frames are taken of a deep stack. */
const maxFrames = 50

/** While fengari handles a stack overflow there is hardly any stack left for its own traceback. */
const stackLimit = 1_000_000

/** Also of the threads that wait for this one. */
export function captureTrace(L: L): Trace {
  const frames: LuaFrame[] = []
  for (let thread: L | undefined = L; thread !== undefined; thread = thread.resumedBy)
    addFrames(thread, frames)
  const overflown = L.stack.length > stackLimit
  return { frames, traceback: overflown ? plainTraceback(frames) : luaTraceback(L) }
}

/** Of the thread and of those that it has resumed, innermost first, also between two steps of fengari. */
export function framesBelow(main: L): LuaFrame[] {
  const innermost = running(main)
  const frames: LuaFrame[] = []
  atNextStep(innermost, () => tryAddFrames(innermost, frames))
  for (let thread = innermost; thread !== main;) {
    thread = thread.resumedBy as L
    tryAddFrames(thread, frames)
  }
  return frames
}

/**
 * An inspector may interrupt fengari where it turns to the next instruction. The one before it in the function, which
 * fengari takes for the current one, need not be the last that ran: of a loop it is the one before the loop.
 */
function atNextStep({ ci }: L, body: () => void): void {
  const steps = ci.func?.type === tags.luaClosure && isBetweenSteps() ? 1 : 0
  ci.l_savedpc += steps
  try {
    body()
  } finally {
    ci.l_savedpc -= steps
  }
}

function running(main: L): L {
  let thread = main
  while (thread.resumes?.resumedBy === thread) thread = thread.resumes
  return thread
}

function tryAddFrames(L: L, frames: LuaFrame[]): void {
  try {
    addFrames(L, frames)
  } catch {
    // A call that has only begun, or is almost over.
  }
}

function addFrames(L: L, frames: LuaFrame[]): void {
  const ar = new lua.lua_Debug()
  for (let level = 0; frames.length < maxFrames && lua.lua_getstack(L, level, ar); level++) {
    lua.lua_getinfo(L, name('Slnt'), ar)
    if (ar.currentline > 0) frames.push(frameOf(ar))
  }
}

function frameOf(ar: Debug): LuaFrame {
  const source = decodeUtf8(ar.source)
  if (ar.name !== null) return { name: decodeUtf8(ar.name), source, line: ar.currentline }
  const main = decodeUtf8(ar.what) === 'main'
  return { name: main ? 'main chunk' : 'function', source, line: ar.currentline }
}

function luaTraceback(L: L): string {
  const top = lua.lua_gettop(L)
  lauxlib.luaL_traceback(L, L, null, 0)
  const bytes = lua.lua_tolstring(L, -1)
  const text = bytes === null ? '' : decodeUtf8(bytes)
  lua.lua_settop(L, top)
  return text
}

function plainTraceback(frames: readonly LuaFrame[]): string {
  return ['stack traceback:', ...frames.map(({ source, line }) => `\t${source.slice(1)}:${line}:`)].join('\n')
}
