/**
 * Where a worker process begins. It only turns on the compile cache and then
 * loads the rest, so that the rest comes out of the cache.
 */
import { enableCompileCache } from 'node:module'
import { readBoot } from './boot.ts'

const boot = readBoot(process.argv)
if (boot.compileCache) enableCompileCache()

const { runWorker } = await import('./worker.ts')
await runWorker(boot)
