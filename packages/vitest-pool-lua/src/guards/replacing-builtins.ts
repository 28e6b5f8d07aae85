/**
 * Functions of Node's modules that are replaced, for whoever has imported them by name too.
 *
 *     replacingBuiltins(() => {
 *       fs.openSync = ...      // `import { openSync } from 'node:fs'` sees it when this is over
 *     })
 *
 * To let ES modules know takes 0.1 ms: within one such call others wait for its end. What is put back later need not be
 * told: the replacement that they go on to call only passes on.
 */
import { syncBuiltinESMExports } from 'node:module'

let calls = 0

export function replacingBuiltins<T>(replace: () => T): T {
  calls += 1
  try {
    return replace()
  } finally {
    calls -= 1
    if (calls === 0) syncBuiltinESMExports()
  }
}
