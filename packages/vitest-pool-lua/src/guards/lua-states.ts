/**
 * Runtimes, loaded once each, and the states that anybody opens: every one of
 * them is an engine, also when a test opens it by itself.
 */
import { loadLua, onStateOpened } from '@vitest-pool-lua/state'
import type { LuaState } from '@vitest-pool-lua/state'
import { PoolError } from '../errors.ts'
import { unserved } from '../protocol/runtimes.ts'
import type { Demands, Runtime } from '../protocol/runtimes.ts'
import type { TestClock } from './current-test.ts'
import type { EnginesGuard, OpenEngine } from './engines.ts'
import type { OpenLua } from './lua.ts'
import { callerPlace } from './place.ts'

/** Begins to load at once. Whoever awaits it hears of a failure; until then it is nobody's. */
export function loadRuntime(runtime: Runtime): Promise<OpenLua> {
  const loading = loadLua(runtime)
  loading.catch(() => {})
  return loading
}

/** Each runtime is loaded once: the Lua guard tells states apart by what opened them. */
export function openers(
  settings: Demands & { readonly runtime: Runtime },
  first: Promise<OpenLua>,
): (runtime: Runtime) => Promise<OpenLua> {
  const known = new Map<Runtime, Promise<OpenLua>>([[settings.runtime, first]])
  return async runtime => {
    const [problem] = unserved(runtime, settings)
    if (problem !== undefined) throw cannotServe(runtime, problem)
    const opener = known.get(runtime) ?? loadRuntime(runtime)
    known.set(runtime, opener)
    return opener
  }
}

function cannotServe(runtime: Runtime, { at, says }: { at: string; says: string }): PoolError {
  return new PoolError(
    'LUA_POOL_LUA_OPTIONS_INVALID',
    `luaOptions chooses the runtime '${runtime}', but the settings of the project have ${at}, and ${says}. Choose one of those, or give the files of '${runtime}' a project of their own (test.projects).`,
  )
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
    awaited: false,
    isOpen: () => !state.closed,
    dispose: () => state.close(),
  }
}
