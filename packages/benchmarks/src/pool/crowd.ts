/**
 * Fills the machine with sleeping processes, and makes trees of them.
 *
 *     const crowd = await crowdUpTo(530)
 *     await crowd.end()
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'

/** s: nobody waits that long, and should nobody end them, they end. */
const SLEEP = 600

export interface Crowd {
  end(): Promise<void>
}

/** As many as are missing. */
export async function crowdUpTo(total: number): Promise<Crowd> {
  const missing = total - countProcesses()
  if (missing <= 0) return { end: async () => {} }
  const shell = await tree(missing - 1)
  return { end: () => endTree(shell) }
}

/** A shell with so many sleeping children, one at least, in a group of its own; all of them run. */
export async function tree(children: number): Promise<ChildProcess> {
  const script = `for i in $(seq ${children}); do sleep ${SLEEP} & done; echo started; wait`
  const shell = spawn('sh', ['-c', script], { detached: true, stdio: ['ignore', 'pipe', 'ignore'] })
  await once(shell.stdout, 'data')
  return shell
}

/** Nothing of it may be left. */
export async function endTree(shell: ChildProcess): Promise<void> {
  const exit = shell.exitCode === null && shell.signalCode === null ? once(shell, 'exit') : undefined
  try {
    process.kill(-(shell.pid ?? 0), 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
  await exit
}

export function countProcesses(): number {
  return readdirSync('/proc').filter(name => /^\d+$/.test(name)).length
}
