/**
 * Runtimes, loaded once each, and the states that anybody opens: every one of
 * them is an engine, also when a test opens it by itself.
 */
import { loadLua, onStateOpened } from '@vitest-pool-lua/state'
import type { LuaState } from '@vitest-pool-lua/state'
import type { Runtime } from '../protocol/settings.ts'
import type { TestClock } from './current-test.ts'
import type { EnginesGuard, OpenEngine } from './engines.ts'
import type { OpenLua } from './lua.ts'
import { callerPlace } from './place.ts'

export function loadRuntime(runtime: Runtime): Promise<OpenLua> {
  return loadLua(runtime)
}

/** Each runtime is loaded once: the Lua guard tells states apart by what opened them. */
export function openers(first: Runtime, open: OpenLua): (runtime: Runtime) => Promise<OpenLua> {
  const known = new Map<Runtime, Promise<OpenLua>>([[first, Promise.resolve(open)]])
  return runtime => {
    const opener = known.get(runtime) ?? loadRuntime(runtime)
    known.set(runtime, opener)
    return opener
  }
}

/** The states that are opened from now on; each is tracked with the test that opened it. */
export function trackStates(engines: EnginesGuard, clock: TestClock): readonly LuaState[] {
  const states: LuaState[] = []
  onStateOpened(({ state }) => {
    states.push(state)
    engines.track(stateEngine(state, clock))
  })
  return states
}

function stateEngine(state: LuaState, clock: TestClock): OpenEngine {
  return {
    name: `Lua state (${state.runtime})`,
    key: null,
    at: callerPlace(),
    test: clock.now()?.name ?? null,
    isOpen: () => !state.closed,
    dispose: () => state.close(),
  }
}
