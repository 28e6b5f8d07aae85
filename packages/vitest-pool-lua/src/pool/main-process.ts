/** Which process the main process of a run is, and whether that still lives. */
import { readlinkSync } from 'node:fs'
import { identityOf, isAlive } from '@vitest-pool-lua/sweep'
import type { MainProcess } from '../protocol/run-id.ts'

export function thisMain(): MainProcess {
  return { pid: process.pid, startTime: startTimeOf(process.pid), space: ownSpace() }
}

/** `elsewhere`: in a container, say, so that its pid means nothing here. */
export function stateOfMain(main: MainProcess): 'alive' | 'gone' | 'elsewhere' {
  if (main.space !== ownSpace()) return 'elsewhere'
  return isAlive(main) ? 'alive' : 'gone'
}

/** Where `ps` is missing nothing can be learnt: then only the pid is compared. */
function startTimeOf(pid: number): number {
  try {
    return identityOf(pid)?.startTime ?? 0
  } catch {
    return 0
  }
}

function ownSpace(): string {
  try {
    return /\d+/.exec(readlinkSync('/proc/self/ns/pid'))?.[0] ?? '0'
  } catch {
    return '0'
  }
}
