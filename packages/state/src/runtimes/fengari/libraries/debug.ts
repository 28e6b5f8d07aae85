/** `debug.sethook` and `gethook` beside our own hook; `debug.debug` would wait for a keyboard. */
import { lauxlib, lua, name, type L } from '../binding.ts'
import type { Interrupts } from '../interrupts.ts'
import { defineFunctions, originalFunction } from './define-functions.ts'

/** The table `debug` is on top. */
export function defineDebug(L: L, interrupts: Interrupts): void {
  const setHook = originalFunction(L, 'sethook')
  const getHook = originalFunction(L, 'gethook')
  defineFunctions(L, {
    sethook: running => {
      const hooked = lua.lua_tothread(running, 1) ?? running
      const results = setHook(running)
      interrupts.adoptUserHook(hooked)
      return results
    },
    gethook: running => {
      const hooked = lua.lua_tothread(running, 1) ?? running
      return interrupts.withoutOurs(hooked, () => getHook(running))
    },
    debug: running =>
      lauxlib.luaL_error(running, name('debug.debug needs a terminal, which a test does not have')),
  })
}
