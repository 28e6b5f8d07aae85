/** Which twin answers for the tier `tree`. */
import type { Inspector } from './inspector.ts'
import { posixInspector } from './posix.ts'
import { windowsInspector } from './windows.ts'

export function chooseInspector(): Inspector {
  return process.platform === 'win32' ? windowsInspector : posixInspector
}
