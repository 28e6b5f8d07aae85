/** Why this room's tables cannot be made on this machine; undefined where they can. */
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** `script` gives a terminal, `setsid` a session, `prlimit` a brand. */
const PROGRAMS = ['script', 'setsid', 'prlimit', 'sh']

export function reasonMissing(): string | undefined {
  if (process.platform !== 'linux')
    return 'the strays of this room, and how they are found, are those of Linux'
  const missing = PROGRAMS.filter(program => !isOnPath(program))
  return missing.length === 0
    ? undefined
    : `not on PATH: ${missing.join(', ')} (Debian's package bsdutils, util-linux)`
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some(folder => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
