/** Functions of Lua that do what may run metamethods. They need no library. */
import type { OperationName } from './core.ts'

export const operationSources: Record<OperationName, string> = {
  get: 'return function(t, k) return t[k] end',
  set: 'return function(t, k, v) t[k] = v end',
  length: 'return function(t) return #t end',
}
