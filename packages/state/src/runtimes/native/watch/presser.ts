/** What sets our hook, and what it needs: see `press.ts`. */
import type { Koffi } from '../koffi.ts'
import type { WatchedCall, WatchSide } from './board.ts'

export interface WatchTools {
  readonly koffi: Koffi
  readonly board: WatchSide
}

/**
 * So often a call is pressed before hooks are allowed where Lua calls none. A thread that was about to answer, and had
 * to wait for a processor, does so meanwhile: it must not be taken for one whose hook runs for ever.
 */
export const patience = 5

export interface Presser {
  /**
   * A call that goes on although it was pressed `before`, so many times, may be in a hook or in a finalizer, where Lua
   * calls no hooks until they are allowed again: after some `patience`.
   */
  press(call: WatchedCall, before: number): void
}
