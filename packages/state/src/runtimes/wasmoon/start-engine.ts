/** Starts wasmoon's module, if it is one that this package knows. */
import { WebAssembly, type WasmModule } from '../../web-assembly/web-assembly.ts'
import { checkLayout } from './check-layout.ts'
import { Engine } from './engine.ts'
import { unsupported } from './find-module.ts'
import { missingExports } from './lua-exports.ts'

/** Throws a LuaStateError that says which versions of wasmoon there may be. */
export function startEngine(module: WasmModule): Engine {
  const missing = missingExports(module)
  if (missing.length > 0) throw unsupported(`Its WebAssembly module does not export ${missing.join(', ')}`)
  const engine = newEngine(module)
  checkLayout(engine)
  return engine
}

function newEngine(module: WasmModule): Engine {
  try {
    return new Engine(module)
  } catch (cause) {
    if (!(cause instanceof WebAssembly.LinkError)) throw cause
    throw unsupported(
      `Its WebAssembly module wants what this package does not serve: ${cause.message}`,
      cause,
    )
  }
}
