/** What wasmoon's C library asks of its system. */
import type { EngineContext } from '../engine-context.ts'
import { fileImports } from './file-imports.ts'
import type { OpenFiles } from './open-files.ts'
import { shellImports } from './shell-imports.ts'
import { timeImports } from './time-imports.ts'

export function systemImports(engine: EngineContext, files: OpenFiles) {
  const heap = () => engine.heap
  return {
    ...fileImports(heap, files),
    ...timeImports(heap, size => engine.allocate(size)),
    ...shellImports(heap),
    /** Empty, because it is read once: `os.getenv` asks JS. */
    environ_sizes_get: (count: number, size: number) => {
      engine.heap.view.setUint32(count, 0, true)
      engine.heap.view.setUint32(size, 0, true)
      return 0
    },
    environ_get: () => 0,
  }
}
