/** The adapters of LuaJIT and PUC Lua 5.1 to 5.4: what `open-lua.ts` loads. */
import { isMainThread } from 'node:worker_threads'
import { LuaStateError } from '../../errors.ts'
import type { Adapter } from '../../machine/adapter.ts'
import { CApiMachine } from '../c-api/machine.ts'
import type { Binding } from '../c-api/binding.ts'
import { bindNative } from './binding.ts'
import { loadKoffi } from './koffi.ts'
import type { NativeRuntime } from './libraries.ts'

/** Set once for each library that was asked for. */
const bindings = new Map<string, Binding>()

/** Throws `LuaStateError` where koffi or the shared library is missing, and in a worker thread. */
export async function loadNative(runtime: NativeRuntime, library: string | undefined): Promise<Adapter> {
  if (!isMainThread) throw inThread(runtime)
  const koffi = await loadKoffi(runtime)
  const key = `${runtime} ${library ?? ''}`
  const binding = bindings.get(key) ?? bindNative(koffi, runtime, library)
  bindings.set(key, binding)
  return {
    runtime,
    version: binding.dialect.version,
    capabilities: binding.capabilities,
    open: (options, host) => new CApiMachine(binding, options, host),
  }
}

/** Not even `process.exit` gets past an endless loop of native code in another thread: it waits for that thread. */
function inThread(runtime: NativeRuntime): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_RUNTIME_THREAD',
    `openLua('${runtime}') was called in a worker thread. Native code there can't be ended, not even with its ` +
      `process, and where it crashes it takes all threads along. Native runtimes work in the main thread of a process: ` +
      `in Vitest set test.pool to 'forks' or use vitest-pool-lua; elsewhere call branches(), which starts processes. ` +
      `'fengari' and 'wasmoon' work in threads.`,
  )
}
