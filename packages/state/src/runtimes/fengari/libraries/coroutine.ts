/** `coroutine.resume` and `wrap` note who waits for whom: a call that must end ends all of them. */
import { lua, type CFunction, type L } from '../binding.ts'
import { defineFunctions, originalFunction } from './define-functions.ts'

/** The table `coroutine` is on top. */
export function defineCoroutine(L: L): void {
  const resume = originalFunction(L, 'resume')
  const wrap = originalFunction(L, 'wrap')
  defineFunctions(L, {
    resume: running => noting(running, lua.lua_tothread(running, 1), resume),
    wrap: running => {
      const results = wrap(running)
      const closure = running.stack[running.top - 1]?.value as { f: CFunction }
      const { f: step } = closure
      closure.f = caller => noting(caller, lua.lua_tothread(caller, lua.lua_upvalueindex(1)), step)
      return results
    },
  })
}

function noting(running: L, coroutine: L | null, body: CFunction): number {
  if (coroutine === null) return body(running)
  coroutine.resumedBy = running
  try {
    return body(running)
  } finally {
    coroutine.resumedBy = undefined
  }
}
