/**
 * The runtimes that this machine has: each is tried, and of each that is left out a line says why.
 *
 * wasmoon and koffi come with the dependencies of this example; the libraries of native Lua are the system's.
 */
import { LuaStateError, openLua, runtimeNames, type RuntimeName } from '@vitest-pool-lua/state'

/** Vitest reads its configuration twice: what was found is kept where both readings see it. */
const KEY = Symbol.for('one-suite-every-lua.installed-runtimes')

export function installedRuntimes(): Promise<RuntimeName[]> {
  const found = (Reflect.get(globalThis, KEY) as Promise<RuntimeName[]> | undefined) ?? find()
  Reflect.set(globalThis, KEY, found)
  return found
}

async function find(): Promise<RuntimeName[]> {
  const installed: RuntimeName[] = []
  for (const runtime of runtimeNames) {
    const reason = await missing(runtime)
    if (reason === undefined) installed.push(runtime)
    else console.log(`${runtime} is left out: ${reason}`)
  }
  return installed
}

async function missing(runtime: RuntimeName): Promise<string | undefined> {
  try {
    const state = await openLua(runtime)
    state.close()
    return undefined
  } catch (error) {
    if (error instanceof LuaStateError) return error.message.split('\n', 1)[0]
    throw error
  }
}
