/**
 * A brand is a number that a process has for life, and that all it starts inherits. Unlike a cookie no program takes it
 * off: clearing the environment, a new session, a double fork leave it where it is.
 *
 *     const branding = openBranding()                       // undefined where this machine can't
 *     const start = ([program, ...args]) => spawn(program, args)
 *     const child = branding.start(1, command => start([...command, 'node', 'worker.js']))
 *     sweep({ brand: branding.all })
 *
 * It is the soft limit of file locks (RLIMIT_LOCKS), which Linux passes on and shows, but has obeyed in 2.4 last.
 * https://man7.org/linux/man-pages/man2/getrlimit.2.html
 */
import { spawnSync } from 'node:child_process'
import { brandIn, hasProc, readBrand } from './find/proc-files.ts'
import { type ForeignFunctions, openOwnLimit } from './own-limit.ts'

/** Both ends are in it. */
export interface Brand {
  readonly from: number
  readonly to: number
}

export interface Branding {
  /** A number of 31 bits; with it `brandsOf` gives `all` again, in whatever process. */
  readonly id: number
  /** Whatever `start` starts is in it. */
  readonly all: Brand
  /** The brand of one number from 1 on. */
  one(this: void, number: number): Brand
  /**
   * Starts a process that has the brand of this number.
   *
   * @param fork starts it before it returns, with what is given to it before its own command, if anything
   */
  start<T>(this: void, number: number, fork: (command: readonly string[]) => T): T
}

export interface BrandingOptions {
  /** Gives the package koffi, which serves where the program `prlimit` is missing; not called where it is there. */
  koffi?(this: void): ForeignFunctions | undefined
}

/** A way to start a process with a brand. */
type Start = <T>(brand: number, fork: (command: readonly string[]) => T) => T

const MOST = 2 ** 20
const PROGRAM = 'prlimit'

/** Needs the program `prlimit` of util-linux or koffi, and a kernel that does as it says: all are tried. */
export function openBranding({ koffi }: BrandingOptions = {}): Branding | undefined {
  if (!hasProc()) return undefined
  const id = randomId()
  const all = brandsOf(id)
  const brand = startByProgram(all.from) ?? startByKoffi(all.from, koffi?.())
  if (brand === undefined) return undefined
  const one = (number: number): Brand => ({ from: all.from + number, to: all.from + number })
  return { id, all, one, start: (number, fork) => brand(all.from + number, fork) }
}

/** The program brands itself and becomes the other one. */
function startByProgram(trial: number): Start | undefined {
  const [program, argument] = commandOf(trial)
  const { stdout } = spawnSync(program, [argument, 'cat', '/proc/self/limits'], { encoding: 'utf8' })
  return brandIn(stdout ?? '') === trial ? (brand, fork) => fork(commandOf(brand)) : undefined
}

function commandOf(brand: number): [program: string, argument: string] {
  return [PROGRAM, `--locks=${brand}:`]
}

/** This process has the brand while it forks. */
function startByKoffi(trial: number, koffi: ForeignFunctions | undefined): Start | undefined {
  const limit = koffi && openOwnLimit(koffi)
  try {
    const shown = limit?.during(trial, () => readBrand(process.pid))
    return limit && shown === trial ? (brand, fork) => limit.during(brand, () => fork([])) : undefined
  } catch {
    return undefined
  }
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
