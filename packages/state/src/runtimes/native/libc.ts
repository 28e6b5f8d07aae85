/** The C library, which has no one name. */
import type { Koffi, NativeLibrary } from './koffi.ts'

export function loadLibc(koffi: Koffi): NativeLibrary {
  if (process.platform === 'win32') return koffi.load('msvcrt.dll')
  return koffi.load(process.platform === 'darwin' ? '/usr/lib/libSystem.B.dylib' : null)
}
