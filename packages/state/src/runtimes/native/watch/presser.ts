/** What sets our hook, and what it needs: see `press.ts`. */
import type { Koffi } from '../koffi.ts'
import type { WatchedCall, WatchSide } from './board.ts'

export interface WatchTools {
  readonly koffi: Koffi
  readonly board: WatchSide
}

export interface Presser {
  /**
   * A call that goes on although it was pressed `before`, so many times, may be in a hook or in a finalizer, where Lua
   * calls no hooks until they are allowed again.
   */
  press(call: WatchedCall, before: number): void
}
