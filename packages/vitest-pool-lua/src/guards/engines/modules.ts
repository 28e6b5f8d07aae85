/** Engines of modules that tell nobody: their functions are replaced as soon as a program has loaded them. */
import { createRequire } from 'node:module'
import { FENGARI, fengariStates } from './fengari.ts'
import { builtinLoads, watchLoads } from './loads.ts'
import type { Register } from './register.ts'
import { sqlite, watchDatabases } from './sqlite.ts'
import { WASMOON, wasmoonState, watchWasmoon } from './wasmoon.ts'

const { cache } = createRequire(import.meta.url)

const SQLITE = 'node:sqlite'
/** What is in force by then tells of being asked. */
const builtin = process.getBuiltinModule.bind(process)

/** Parts of the names of their modules: a file that loads many others is not held up by expressions. */
const RUNTIMES = ['wasmoon', 'lua.js', 'lauxlib.js']

type Exports = Record<string, unknown>

/** @returns puts everything back */
export function watchModules(register: Register): () => void {
  const undo = new Map<unknown, () => void>()
  const once = (key: unknown, watch: () => () => void): void => {
    if (!undo.has(key)) undo.set(key, watch())
  }
  const states = fengariStates()
  const fengari = (exports: Exports): void =>
    once(exports, () =>
      states.watch(exports, (state, below) => register.add(states.kind, state, register.opening(below))),
    )
  const wasmoon = (exports: Exports): void =>
    once(exports, () =>
      watchWasmoon(exports, register.opening, (engine, opening) =>
        register.add(wasmoonState, engine, opening),
      ),
    )
  const databases = (): void =>
    once(SQLITE, () =>
      watchDatabases(builtin(SQLITE), (database, below) =>
        register.add(sqlite, database, register.opening(below)),
      ),
    )
  const required = (id: string, exports: unknown): void => {
    if (id === SQLITE) databases()
    else if (typeof exports !== 'object' || exports === null || !RUNTIMES.some(name => id.includes(name)))
      return
    else if (WASMOON.test(id)) wasmoon(exports as Exports)
    else if (FENGARI.test(id)) fengari(exports as Exports)
  }
  // A runtime that the settings name may have been loaded before this.
  for (const [id, module] of Object.entries(cache)) {
    if (module?.loaded === true) required(id, module.exports)
  }
  const isLoaded = builtinLoads(SQLITE)
  const loaded = (): void => void (isLoaded() && databases())
  loaded()
  const ends = watchLoads({ required, importing: url => void (url === SQLITE && databases()), loaded })
  return () => {
    ends()
    for (const put of undo.values()) put()
  }
}
