/** Chooses how processes are ended; the other twin, and what it imports, is not even loaded. */
import type { Timing } from '../options.ts'
import type { Quarry } from './quarry.ts'

export async function endProcesses(quarry: Quarry, timing: Timing): Promise<void> {
  const twin = await (process.platform === 'win32' ? import('./windows.ts') : import('./posix.ts'))
  await twin.endProcesses(quarry, timing)
}
