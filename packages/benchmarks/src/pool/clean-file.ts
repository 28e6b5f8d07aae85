/**
 * A file that leaves nothing, in a process of its own, as every file has one: guards are loaded and opened, a test
 * runs, they close. Prints ms of CPU time, of that and of one test more. Its arguments: which guards, and the folder of
 * the compile cache.
 */
import { enableCompileCache, flushCompileCache, syncBuiltinESMExports } from 'node:module'
import { aroundTest, closeAll, openGuards } from './guard-parts.ts'
import type { GuardsName } from './guard-parts.ts'

const [, , guardsName, cache] = process.argv
/** What Vitest's own workers have loaded of Node, by `process.moduleLoadList`; then the runtime comes. */
const LOADED =
  'async_hooks child_process diagnostics_channel events fs inspector module net path perf_hooks stream stream/promises timers/promises url util v8 vm worker_threads'.split(
    ' ',
  )

/** Enough for the clock to see them. */
const TESTS = 500

function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

await Promise.all(LOADED.map(name => import(`node:${name}`)))
enableCompileCache(cache)
const { loadLua } = await import('@vitest-pool-lua/state')
await loadLua('fengari')
// The first time takes longer, and comes when the worker boots.
syncBuiltinESMExports()
const began = cpu()
const guards = await openGuards(guardsName as GuardsName)
aroundTest(guards)
const ran = cpu()
for (let test = 0; test < TESTS; test++) aroundTest(guards)
const more = cpu()
await closeAll(guards)
console.log(JSON.stringify({ file: ran - began + cpu() - more, test: (more - ran) / TESTS }))
flushCompileCache()
