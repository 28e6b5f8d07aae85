/** Slim images have no `ps`, and a program that is not there must be noticed before it is run. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { SweepError } from '../errors.ts'

/** Where the system looks if PATH is not set. */
const defaultPath = '/usr/bin:/bin'

export function checkPs(): void {
  const path = process.env['PATH'] ?? defaultPath
  if (path.split(delimiter).some(folder => isProgram(join(folder, 'ps')))) return
  throw new SweepError(
    'LUA_SWEEP_NO_PS',
    `Processes could not be listed: the program "ps" is in no folder of PATH (${path}). ` +
      'Install it (in Debian images: apt-get install procps), or on Linux use the tier "proc", which needs no ps.',
  )
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
