/**
 * Ends a worker together with the programs that its branch started (`io.popen`, `os.execute`) and that still run.
 *
 * On Linux they are known by a variable of their environment, also when their parent has ended before them.
 * Elsewhere they are the worker's descendants, asked for while it lives: an orphan's parent is not known.
 */
import { readFileSync, readdirSync } from 'node:fs'
import { setImmediate as turn } from 'node:timers/promises'
import { outputOf } from './program-output.ts'

export const cookieName = 'LUA_BRANCH'

/** `end` ends the worker itself, and returns when it is gone. */
type EndWithKin = (pid: number, cookie: string, end: () => Promise<void>) => Promise<void>

export const endWithKin: EndWithKin =
  process.platform === 'linux' ? endHolders : process.platform === 'win32' ? endByTaskkill : endDescendants

/** Times that the processes are looked through: a program may just be starting another. */
const rounds = 20

async function endHolders(_: number, cookie: string, end: () => Promise<void>): Promise<void> {
  await end()
  for (let round = 0; round < rounds; round++) {
    const holders = holdersOf(cookie)
    if (holders.length === 0) return
    for (const pid of holders) kill(pid)
    await turn()
  }
}

/** For macOS and the BSDs. */
export async function endDescendants(pid: number, _: string, end: () => Promise<void>): Promise<void> {
  const parents = parentsIn(await outputOf('ps', ['-A', '-o', 'pid=,ppid=']))
  await end()
  for (const descendant of descendantsOf(pid, parents)) kill(descendant)
}

async function endByTaskkill(pid: number, _: string, end: () => Promise<void>): Promise<void> {
  await outputOf('taskkill', ['/pid', String(pid), '/T', '/F'])
  await end()
}

function holdersOf(cookie: string): number[] {
  const entry = `${cookieName}=${cookie}\0`
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return pids.filter(pid => `\0${environmentOf(pid)}`.includes(`\0${entry}`))
}

/** Empty for a process that has ended, and for those of other users. */
function environmentOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1')
  } catch {
    return ''
  }
}

function parentsIn(table: string): Map<number, number> {
  const rows = table.split('\n').map(row => row.trim().split(/\s+/).map(Number))
  return new Map(rows.filter(row => row.length === 2) as [number, number][])
}

function descendantsOf(pid: number, parents: ReadonlyMap<number, number>): number[] {
  const found = new Set([pid])
  // What is put in while this runs comes last.
  for (const parent of found) for (const [child, of] of parents) if (of === parent) found.add(child)
  found.delete(pid)
  return [...found]
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
