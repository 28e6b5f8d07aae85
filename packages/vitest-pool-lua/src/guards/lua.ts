/**
 * The worker's Lua state: opened at first touch, prepared by the project's
 * setup, gone when the file (or, with scope 'test', the test) ends.
 */
import type { LuaOptions, LuaState } from '@vitest-pool-lua/state'
import type { Runtime } from '../protocol/runtimes.ts'
import type { CurrentTest, TestClock } from './current-test.ts'
import type { Guard } from './guard.ts'
import { stateOptions } from './state-options.ts'
import type { CallLimit, StateSettings } from './state-options.ts'

/** Opens states of one runtime, which has been loaded. */
export type OpenLua = (options?: LuaOptions) => LuaState

export type LuaSetup = (state: LuaState) => void

/** What a file or a suite may choose otherwise than the settings do. */
export interface LuaChoice {
  readonly runtime: Runtime
  readonly open: OpenLua
  readonly scope: 'file' | 'test'
  readonly setup: LuaSetup | undefined
}

export interface LuaGuard extends Guard {
  /** The state of the running test, opened now if it was not yet. */
  state(choice?: LuaChoice): LuaState
  /** From now on and until the returned function is called, `state()` means this choice. */
  choose(choice: LuaChoice): () => void
}

export interface LuaGuardOptions {
  readonly settings: StateSettings
  readonly clock: TestClock
  readonly standard: () => LuaChoice
  readonly callLimit: CallLimit
}

interface Held {
  readonly choice: LuaChoice
  /** With scope 'test' the test whose state it is; null in hooks that no single test can claim. */
  readonly owner: CurrentTest | null
  readonly state: LuaState
}

export function luaGuard({ settings, clock, standard, callLimit }: LuaGuardOptions): LuaGuard {
  const held: Held[] = []
  const chosen: { readonly choice: LuaChoice; readonly owner: CurrentTest | null }[] = []

  const ownerOf = ({ scope }: LuaChoice): CurrentTest | null => (scope === 'test' ? clock.now() : null)

  const opened = (choice: LuaChoice): LuaState | undefined => {
    const owner = ownerOf(choice)
    return held.find(one => one.owner === owner && sameChoice(one.choice, choice) && !one.state.closed)?.state
  }

  const open = (choice: LuaChoice): LuaState => {
    const state = choice.open(stateOptions(settings, choice.runtime, callLimit))
    prepare(state, choice.setup)
    held.push({ choice, owner: ownerOf(choice), state })
    return state
  }

  const closeThose = (isOver: (one: Held) => boolean): void => {
    for (const one of held.filter(isOver).toReversed()) {
      held.splice(held.indexOf(one), 1)
      one.state.close()
    }
  }

  return {
    name: 'lua',
    state(choice = chosen.findLast(({ owner }) => owner === clock.now())?.choice ?? standard()) {
      return opened(choice) ?? open(choice)
    },
    choose(choice) {
      const own = { choice, owner: clock.now() }
      chosen.push(own)
      return () => void chosen.splice(chosen.indexOf(own), 1)
    },
    afterTest(test, alone) {
      closeThose(
        ({ choice, owner }) => choice.scope === 'test' && (owner === test || (alone && owner === null)),
      )
      return []
    },
    close() {
      closeThose(() => true)
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
