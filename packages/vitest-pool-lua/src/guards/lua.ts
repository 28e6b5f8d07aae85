/**
 * The worker's Lua state: opened at first touch, prepared by the project's
 * setup, gone when the file (or, with scope 'test', the test) ends.
 */
import type { LuaOptions, LuaState } from '@vitest-pool-lua/state'
import type { Settings } from '../protocol/settings.ts'
import type { Guard } from './guard.ts'

/** Opens states of one runtime, which has been loaded. */
export type OpenLua = (options?: LuaOptions) => LuaState

export type LuaSetup = (state: LuaState) => void

/** What a file or a suite may choose otherwise than the settings do. */
export interface LuaChoice {
  readonly open: OpenLua
  readonly scope: 'file' | 'test'
  readonly setup: LuaSetup | undefined
}

export interface LuaGuard extends Guard {
  /** The state of the running test, opened now if it was not yet. */
  state(choice?: LuaChoice): LuaState
  /** From now on and until the returned function is called, `state()` means this choice. */
  choose(choice: LuaChoice): () => void
  /** Absolute paths of the Lua files that any of the states loaded. */
  loadedFiles(): ReadonlySet<string>
}

/** `callLimit` gives the ms that a call into Lua may take now, undefined for no limit. */
export interface LuaGuardOptions {
  readonly settings: Pick<Settings, 'packagePath'>
  readonly standard: () => LuaChoice
  readonly callLimit: () => number | undefined
}

export function luaGuard({ settings, standard, callLimit }: LuaGuardOptions): LuaGuard {
  const states: { choice: LuaChoice; state: LuaState }[] = []
  const chosen: LuaChoice[] = []
  const loaded = new Set<string>()

  const opened = (choice: LuaChoice): LuaState | undefined => {
    return states.find(one => sameChoice(one.choice, choice) && !one.state.closed)?.state
  }

  const open = (choice: LuaChoice): LuaState => {
    const packagePath = settings.packagePath === null ? {} : { packagePath: settings.packagePath }
    const state = choice.open({ ...packagePath, callTimeout: callLimit })
    prepare(state, choice.setup)
    states.push({ choice, state })
    return state
  }

  const closeScoped = (scopes: readonly string[]): void => {
    for (const one of states.toReversed()) {
      if (!scopes.includes(one.choice.scope)) continue
      for (const file of one.state.loadedFiles) loaded.add(file)
      states.splice(states.indexOf(one), 1)
      one.state.close()
    }
  }

  return {
    name: 'lua',
    state(choice = chosen.at(-1) ?? standard()) {
      return opened(choice) ?? open(choice)
    },
    choose(choice) {
      chosen.push(choice)
      return () => void chosen.splice(chosen.lastIndexOf(choice), 1)
    },
    loadedFiles: () => loaded,
    afterTest(_test, alone) {
      if (alone) closeScoped(['test'])
      return []
    },
    close() {
      closeScoped(['test', 'file'])
      return []
    },
  }
}

/** A state whose setup failed is of no use to anyone: the next touch opens another. */
function prepare(state: LuaState, setup: LuaSetup | undefined): void {
  try {
    runSetup(setup, state)
  } catch (error) {
    state.close()
    throw error
  }
}

/** Setup is synchronous because the state is opened at first touch, inside a test that does not wait. */
function runSetup(setup: LuaSetup | undefined, state: LuaState): void {
  const result: unknown = setup?.(state)
  if (result instanceof Promise) {
    result.catch(() => {})
    throw new TypeError(
      'The Lua setup returned a promise, but a state must be ready at once: load what needs waiting at the top level of the setup module (await is allowed there).',
    )
  }
}

function sameChoice(one: LuaChoice, other: LuaChoice): boolean {
  return one.open === other.open && one.scope === other.scope && one.setup === other.setup
}
