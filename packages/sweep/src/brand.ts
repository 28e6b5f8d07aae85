/**
 * A brand is a number that a process has for life, and that all it starts inherits. Unlike a cookie no program takes it
 * off: clearing the environment, a new session, a double fork leave it where it is.
 *
 *     const branding = openBranding()                       // undefined where this machine can't
 *     const [program, ...args] = branding.command(1)        // prlimit --locks=N: , to be put before a command
 *     sweep({ brand: branding.all })
 *
 * It is the soft limit of file locks (RLIMIT_LOCKS), which Linux passes on and shows, but has obeyed in 2.4 last.
 * https://man7.org/linux/man-pages/man2/getrlimit.2.html
 */
import { spawnSync } from 'node:child_process'
import { brandIn, hasProc } from './find/proc-files.ts'

/** Both ends are in it. */
export interface Brand {
  readonly from: number
  readonly to: number
}

export interface Branding {
  /** A number of 31 bits; with it `brandsOf` gives `all` again, in whatever process. */
  readonly id: number
  /** Whatever `command` gives is in it. */
  readonly all: Brand
  /** The brand of one number from 1 on. */
  one(this: void, number: number): Brand
  /** What the command of a process begins with, so that the process has that brand. */
  command(this: void, number: number): readonly [program: string, ...args: string[]]
}

const MOST = 2 ** 20
const PROGRAM = 'prlimit'

/** Needs the program `prlimit` of util-linux, and a kernel that does as it says: both are tried. */
export function openBranding(): Branding | undefined {
  if (!hasProc()) return undefined
  const id = randomId()
  const all = brandsOf(id)
  const base = all.from
  const one = (number: number): Brand => ({ from: base + number, to: base + number })
  const command = (number: number): readonly [string, string] => [PROGRAM, `--locks=${base + number}:`]
  const [program, argument] = command(0)
  const { stdout } = spawnSync(program, [argument, 'cat', '/proc/self/limits'], { encoding: 'utf8' })
  return brandIn(stdout ?? '') === base ? { id, all, one, command } : undefined
}

/** Not by node:crypto, which every worker would load (2 ms): nobody guesses these numbers, they must only differ. */
function randomId(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1))
  return random >>> 1 || 1
}

export function brandsOf(id: number): Brand {
  return { from: id * MOST, to: id * MOST + MOST - 1 }
}

export function hasBrand(found: number | undefined, { from, to }: Brand): boolean {
  return found !== undefined && found >= from && found <= to
}
