/** What fengari can do, and what stays impossible on it. */
import type { Capabilities } from '../../capabilities.ts'

export const version = '5.3'

export const capabilities: Capabilities = {
  integerBits: 32,
  finalizers: false,
  weakTables: false,
  popen: false,
  memoryCap: false,
  memoryUsed: false,
  cModules: false,
  callTimeout: true,
  callTimeoutInLibrary: false,
  compiler: false,
  yieldAcrossPcall: true,
  pairsMetamethod: true,
  binaryChunks: true,
}
