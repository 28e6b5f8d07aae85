/**
 * What still runs of a run that has ended: what has its mark in the environment.
 *
 *     const mark = newMark()
 *     // ... the run, with mark.env ...
 *     await leftRunning(mark)    // command lines
 */
import { randomUUID } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'

export interface Mark {
  readonly env: Readonly<Record<string, string>>
}

interface Found {
  readonly pid: number
  readonly command: string
}

const NAME = 'LUA_MATRIX_RUN'
/** ms in which what was sent its end must be gone; who was never ended lives for an hour. */
const GONE_WITHIN = 5_000

export function newMark(): Mark {
  return { env: { [NAME]: randomUUID() } }
}

export async function leftRunning(mark: Mark): Promise<readonly string[]> {
  const end = Date.now() + GONE_WITHIN
  let found = marked(mark)
  while (found.length > 0 && Date.now() < end) {
    await wait(50)
    found = marked(mark)
  }
  return found.map(({ command }) => command)
}

export function endMarked(mark: Mark): void {
  for (const { pid } of marked(mark)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended since it was found.
    }
  }
}

function marked({ env }: Mark): readonly Found[] {
  if (process.platform !== 'linux') return []
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids
    .filter(pid => read(pid, 'environ').split('\0').includes(`${NAME}=${env[NAME]}`))
    .map(pid => ({ pid: Number(pid), command: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }))
}

/** Empty where the process has ended or is another user's. */
function read(pid: string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
