/** What wasmoon can do. */
import type { Capabilities } from '../../capabilities.ts'

export const capabilities: Capabilities = {
  integerBits: 64,
  finalizers: true,
  weakTables: true,
  popen: false,
  memoryCap: true,
  memoryUsed: true,
  cModules: false,
  callTimeout: true,
  callTimeoutInLibrary: false,
  compiler: false,
  yieldAcrossPcall: true,
  pairsMetamethod: true,
  binaryChunks: true,
}
