/** Chooses how processes are ended. */
import type { Timing } from '../options.ts'
import * as posix from './posix.ts'
import type { Quarry } from './quarry.ts'
import * as windows from './windows.ts'

export async function endProcesses(quarry: Quarry, timing: Timing): Promise<void> {
  const twin = process.platform === 'win32' ? windows : posix
  await twin.endProcesses(quarry, timing)
}
