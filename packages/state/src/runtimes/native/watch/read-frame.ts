/**
 * Where Lua is, read from the watch thread while Lua runs: so nothing is called, and nothing is believed that does not
 * look as it must. What is read may be old or wrong; reading it never ends the process.
 */
import type { WatchedCall } from './board.ts'

export interface ReadFrame {
  /** Lua's chunk name. */
  readonly source: string
  /** Of a function whose lines are not known the first one. */
  readonly line: number
  readonly isMainChunk: boolean
}

export interface FrameReader {
  /** Innermost first, of all coroutines that are found. */
  framesOf(call: Pick<WatchedCall, 'main' | 'thread'>): ReadFrame[]
  close(): void
}

/** Of one thread. */
export const mostFrames = 50
/** Bytes of a chunk name: of a source, all that is shown of it lies there. */
export const longestSource = 4_096
/** In every Lua the bytes of a string lie behind a head of this size. */
export const stringHead = 24
