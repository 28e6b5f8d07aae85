/** Functions of Lua that do what may run metamethods. They need no library. */
import type { HelperName } from './core.ts'

export const helperSources: Record<HelperName, string> = {
  get: 'return function(t, k) return t[k] end',
  set: 'return function(t, k, v) t[k] = v end',
  length: 'return function(t) return #t end',
}
