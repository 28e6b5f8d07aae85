/** Run as a process: its state with a limit is never closed. */
import { openLua } from '../../../../src/index.ts'

const lua = await openLua('wasmoon', { callTimeout: 500 })
try {
  lua.execute('while true do end')
} catch (error) {
  console.log((error as Error).name)
}
