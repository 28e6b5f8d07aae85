/** What the parts of a binding share. */
import type { LuaPointer } from '../c-api/api.ts'
import type { DebugFrames } from './debug-frames.ts'
import type { NativeRuntime } from './libraries.ts'
import type { LibraryParts } from './library-parts.ts'
import type { RunningThreads } from '../c-api/running-threads.ts'

export interface NativeParts extends LibraryParts {
  readonly runtime: NativeRuntime
  readonly frames: DebugFrames
  /** Of each open state, by its main thread. */
  readonly threads: Map<LuaPointer, RunningThreads>
}
