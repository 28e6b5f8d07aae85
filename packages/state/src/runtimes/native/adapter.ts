/** The adapters of LuaJIT and PUC Lua 5.1 to 5.4: what `open-lua.ts` loads. */
import type { Adapter } from '../../machine/adapter.ts'
import { CApiMachine } from '../c-api/machine.ts'
import type { Binding } from '../c-api/binding.ts'
import { bindNative } from './binding.ts'
import { loadKoffi } from './koffi.ts'
import type { NativeRuntime } from './libraries.ts'

/** Set once for each library that was asked for. */
const bindings = new Map<string, Binding>()

/** Throws `LuaStateError` where koffi or the shared library is missing. */
export async function loadNative(runtime: NativeRuntime, library: string | undefined): Promise<Adapter> {
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
