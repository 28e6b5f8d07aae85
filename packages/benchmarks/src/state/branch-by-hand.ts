/** A process that runs one chunk and tells its result: what a branch is at least. */
import type { RuntimeName } from '@vitest-pool-lua/state'
import { bareSidesOf } from './sides/sides-of.ts'

const [runtime, chunk] = process.argv.slice(2)
const [side] = await bareSidesOf(runtime as RuntimeName)
const lua = await side?.open()
process.send?.(lua?.compile(`return function() ${chunk} end`)())
lua?.close()
process.disconnect()
