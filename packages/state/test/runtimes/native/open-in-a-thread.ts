/** Run as a worker thread: tells which runtimes open there. */
import { parentPort } from 'node:worker_threads'
import { openLua, type LuaStateError, type RuntimeName } from '../../../src/index.ts'

const runtimes: RuntimeName[] = ['luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4', 'fengari']

async function outcome(runtime: RuntimeName): Promise<string> {
  try {
    const lua = await openLua(runtime)
    lua.close()
    return 'opened'
  } catch (error) {
    const { code, message } = error as LuaStateError
    return `${code}: ${message}`
  }
}

const told: Record<string, string> = {}
for (const runtime of runtimes) told[runtime] = await outcome(runtime)
parentPort?.postMessage(told, [])
