/** A loaded library and how it is called. */
import type { Api, Dialect, Pointer } from '../c-api/api.ts'
import type { Memory } from '../c-api/memory.ts'
import type { Koffi, NativeLibrary } from './koffi.ts'

export interface LibraryParts {
  readonly koffi: Koffi
  readonly library: NativeLibrary
  readonly dialect: Dialect
  readonly api: Api
  readonly memory: Memory
}

/** Of a function of the library. */
export function addressOf({ koffi, library }: LibraryParts, name: string): Pointer {
  return Number(koffi.address(library.symbol(name, 'void *')))
}
