/**
 * What tracking costs a file that opens nothing, in a process of its own, as every file has one: loads the modules,
 * opens the guards, runs a test, closes. Prints ms of CPU time.
 */
import { enableCompileCache, flushCompileCache } from 'node:module'
import { loadBase, loadTracking } from './tracking-modules.ts'

const cpu = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

enableCompileCache(process.argv[2])
const { enginesGuard, createTestClock } = await loadBase()
const before = cpu()
const { trackEngines, releasedGuards } = await loadTracking()
const loaded = cpu()
const engines = enginesGuard()
const tracking = trackEngines(engines, createTestClock(1_000))
const { descriptors, released } = releasedGuards({ tracking, settle: 1_000 })
descriptors.beforeTest?.()
descriptors.afterTest?.({ name: { id: '1', fullName: 'a test' }, timeout: 0 }, true)
await descriptors.close()
await engines.close()
await released.close()
console.log(JSON.stringify({ load: loaded - before, rest: cpu() - loaded }))
flushCompileCache()
