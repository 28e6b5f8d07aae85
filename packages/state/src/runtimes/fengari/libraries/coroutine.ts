/**
 * `coroutine.resume` and `wrap` note who waits for whom: a call that must end ends all of them. An error that
 * leaves a coroutine through `wrap` keeps the frames of the coroutine, where it was raised.
 */
import { lua, type CFunction, type L } from '../binding.ts'
import { captureTrace } from '../trace.ts'
import { defineFunctions, originalFunction } from './define-functions.ts'
import type { LibraryContext } from './library-context.ts'

/** The table `coroutine` is on top. */
export function defineCoroutine(L: L, { prependTrace }: LibraryContext): void {
  const resume = originalFunction(L, 'resume')
  const wrap = originalFunction(L, 'wrap')
  defineFunctions(L, {
    resume: running => withResumer(running, lua.lua_tothread(running, 1), resume),
    wrap: running => {
      const results = wrap(running)
      const closure = running.stack[running.top - 1]?.value as { f: CFunction }
      const { f: step } = closure
      closure.f = caller => stepCoroutine(caller, step, prependTrace)
      return results
    },
  })
}

/** One step of what `wrap` gave; the coroutine is its upvalue. */
function stepCoroutine(caller: L, step: CFunction, prependTrace: LibraryContext['prependTrace']): number {
  const coroutine = lua.lua_tothread(caller, lua.lua_upvalueindex(1))
  try {
    return withResumer(caller, coroutine, step)
  } catch (error) {
    if (coroutine !== null && lua.lua_status(coroutine) > lua.LUA_YIELD) prependTrace(captureTrace(coroutine))
    throw error
  }
}

function withResumer(running: L, coroutine: L | null, body: CFunction): number {
  if (coroutine === null) return body(running)
  coroutine.resumedBy = running
  running.resumes = coroutine
  try {
    return body(running)
  } finally {
    coroutine.resumedBy = undefined
    running.resumes = undefined
  }
}
