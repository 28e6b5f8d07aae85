/** What the imports of wasmoon's module need of the engine that serves them. */
import type { Breakdown } from './breakdown.ts'
import type { Heap } from './heap.ts'
import type { LuaExports } from './lua-exports.ts'
import type { WasmFunction } from '../../web-assembly/web-assembly.ts'

export interface EngineContext {
  /** There once the module runs, as is the heap. */
  readonly exports: LuaExports
  readonly heap: Heap
  functionAt(address: number): WasmFunction
  /** Throws a LuaMemoryError where there is no room. */
  allocate(size: number): number
  readonly breakdown: Breakdown
}
