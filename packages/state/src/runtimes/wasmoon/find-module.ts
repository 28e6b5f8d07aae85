/**
 * wasmoon's WebAssembly module: found in the installed package and compiled once a process.
 *
 * Its JS is left alone: it would stop strings at NUL, keep files in memory, define properties on `globalThis`, and
 * leave Lua in disorder when the stack of JS is used up.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { LuaStateError } from '../../errors.ts'
import { WebAssembly, type WasmModule } from '../../web-assembly/web-assembly.ts'

const require = createRequire(import.meta.url)
const file = 'wasmoon/dist/glue.wasm'

/** Throws a LuaStateError where there is none. */
export async function findModule(): Promise<WasmModule> {
  try {
    return await WebAssembly.compile(read())
  } catch (cause) {
    if (cause instanceof LuaStateError) throw cause
    throw unsupported(`Its file ${file} is no WebAssembly module`, cause)
  }
}

export function unsupported(reason: string, cause?: unknown): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_RUNTIME_UNSUPPORTED',
    `openLua('wasmoon') can't use wasmoon ${installedVersion()}. ${reason}. Supported is 1.16: ` +
      `npm install --save-dev wasmoon@^1.16.0`,
    { cause },
  )
}

function read(): Buffer {
  try {
    return readFileSync(require.resolve(file))
  } catch (cause) {
    throw new LuaStateError(
      'LUA_STATE_RUNTIME_MISSING',
      `openLua('wasmoon') needs the package wasmoon, whose file ${file} could not be read. ` +
        `Install it beside @vitest-pool-lua/state: npm install --save-dev wasmoon`,
      { cause },
    )
  }
}

function installedVersion(): string {
  const { version } = require('wasmoon/package.json') as { version?: unknown }
  return typeof version === 'string' ? version : '(of no version)'
}
