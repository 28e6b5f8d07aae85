/**
 * Every open Lua state of this process, and where it was opened.
 *
 *     for (const { state, openedAt } of openStates()) console.log(state.runtime, openedAt)
 *     const failures = disposeAll()
 *
 * For hosts (a test pool): `onStateOpened` and `onStateClosed` tell of each state as it comes and goes.
 */
import type { LuaState } from './lua-state.ts'
import type { RuntimeName } from './runtime-names.ts'
import type { Place } from './stack.ts'

export interface OpenState {
  readonly state: LuaState
  readonly runtime: RuntimeName
  readonly openedAt: Place | undefined
}

class Entry implements OpenState {
  readonly state: LuaState
  readonly runtime: RuntimeName

  constructor(state: LuaState) {
    this.state = state
    this.runtime = state.runtime
  }

  get openedAt(): Place | undefined {
    return this.state.openedAt
  }
}

type Listener = (entry: OpenState) => void

const open = new Map<LuaState, OpenState>()
const openedListeners = new Set<Listener>()
const closedListeners = new Set<Listener>()

/** In the order in which they were opened. */
export function openStates(): OpenState[] {
  return [...open.values()]
}

/** Closes every open state, the last opened first. Gives what failed: one error per state, none swallowed. */
export function disposeAll(): unknown[] {
  const failures: unknown[] = []
  for (const { state } of openStates().toReversed()) {
    try {
      state.close()
    } catch (error) {
      failures.push(error)
    }
  }
  return failures
}

/** Gives the function that ends the subscription. What a listener throws reaches whoever opens the state, which is closed. */
export function onStateOpened(listener: Listener): () => void {
  openedListeners.add(listener)
  return () => void openedListeners.delete(listener)
}

export function onStateClosed(listener: Listener): () => void {
  closedListeners.add(listener)
  return () => void closedListeners.delete(listener)
}

export function registerOpenState(state: LuaState): void {
  const entry = new Entry(state)
  open.set(state, entry)
  for (const listener of openedListeners) listener(entry)
}

export function unregisterOpenState(state: LuaState): void {
  const entry = open.get(state)
  if (entry === undefined) return
  open.delete(state)
  for (const listener of closedListeners) listener(entry)
}
