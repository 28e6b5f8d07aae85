/**
 * A file that leaves nothing, in a process of its own, as every file has one: guards are loaded and opened, a test
 * runs, they close. Prints ms of CPU time. Its arguments: which guards, and the folder of the compile cache.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { aroundTest, closeAll, openGuards } from './guard-parts.ts'
import type { GuardsName } from './guard-parts.ts'

const [, , guardsName, cache] = process.argv
/** What Vitest's own workers have loaded of Node. */
const LOADED = ['child_process', 'diagnostics_channel', 'net', 'timers/promises', 'worker_threads']

await Promise.all(LOADED.map(name => import(`node:${name}`)))
enableCompileCache(cache)
const before = process.cpuUsage()
const guards = await openGuards(guardsName as GuardsName)
aroundTest(guards)
await closeAll(guards)
const { user, system } = process.cpuUsage(before)
console.log((user + system) / 1_000)
flushCompileCache()
