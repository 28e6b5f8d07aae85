/** Run as a worker thread: tells how calls with a limit end there. */
import { parentPort } from 'node:worker_threads'
import { openLua } from '../../../../src/index.ts'
import { theWatch } from '../../../../src/runtimes/wasmoon/watch/watch.ts'

const lua = await openLua('wasmoon', { callTimeout: 60 })

function nameOfError(chunk: string): string {
  try {
    lua.execute(chunk)
    return 'none'
  } catch (error) {
    return (error as Error).name
  }
}

const ended = [
  'while true do end',
  'local function f() while true do end end while true do pcall(coroutine.wrap(f)) end',
].map(nameOfError)
parentPort?.postMessage({ watched: theWatch() !== undefined, ended, after: lua.eval('1 + 1') }, [])
