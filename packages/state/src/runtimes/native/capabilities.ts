/** What the native runtimes can do. */
import type { Capabilities } from '../../capabilities.ts'
import type { NativeRuntime } from './libraries.ts'

const common: Capabilities = {
  integerBits: 53,
  finalizers: true,
  weakTables: true,
  popen: true,
  memoryCap: true,
  memoryUsed: true,
  cModules: true,
  callTimeout: true,
  callTimeoutInLibrary: false,
  compiler: false,
  yieldAcrossPcall: true,
  pairsMetamethod: true,
  binaryChunks: true,
}

export const capabilities: Record<NativeRuntime, Capabilities> = {
  luajit: { ...common, compiler: true, pairsMetamethod: false },
  'lua5.1': { ...common, yieldAcrossPcall: false, pairsMetamethod: false },
  'lua5.2': common,
  'lua5.3': { ...common, integerBits: 64 },
  'lua5.4': { ...common, integerBits: 64 },
}
