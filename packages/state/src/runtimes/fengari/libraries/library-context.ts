/** What the replaced functions of the libraries need of the state that they belong to. */
import type { Host, Trace } from '../../../machine/machine.ts'
import type { CheckedOptions } from '../../../options.ts'
import type { Interrupts } from '../interrupts.ts'
import type { LuaFile } from './io/lua-file.ts'

export interface LibraryContext {
  readonly options: CheckedOptions
  readonly host: Host
  readonly interrupts: Interrupts
  readonly loadedFiles: Set<string>
  /** For an error on its way out, whose trace lacks these innermost frames. */
  readonly prependTrace: (inner: Trace) => void
  /** Closed with the state, as Lua's own collector would. */
  readonly openFiles: Set<LuaFile>
}
