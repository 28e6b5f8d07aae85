/** Placeholder */
import type { Api, LuaPointer } from '../c-api/api.ts'
import type { InterruptContext, Interrupts } from '../c-api/binding.ts'
import type { Koffi } from './koffi.ts'
import type { LoadedLibrary } from './load-library.ts'

export class NativeInterrupts implements Interrupts {
  readonly needsCoroutines = false
  unwinding = false
  constructor(_koffi: Koffi, _loaded: LoadedLibrary, _api: Api, _context: InterruptContext) {}
  limitBegins(_limit: number): void {}
  limitEnds(): void {}
  noteCoroutine(_thread: LuaPointer): void {}
  startUnwinding(_thread: LuaPointer): void {}
  stopUnwinding(): void {}
  close(): void {}
}
