/**
 * This process's own soft limit of file locks, changed for as long as a function takes: what is forked in it has the
 * limit for life. By the C library's own `prlimit`, called through koffi.
 *
 *     const limit = openOwnLimit(koffi)
 *     const child = limit?.during(4711, () => spawn('worker'))
 *
 * The limit is the whole process's: what another thread of it starts in that moment has it too.
 * https://man7.org/linux/man-pages/man2/prlimit.2.html
 */

/** What is used of the package koffi. */
export interface ForeignFunctions {
  load(path: null): {
    func(name: string, result: string, args: string[]): (...args: never[]) => unknown
  }
}

export interface OwnLimit {
  during<T>(this: void, soft: number, act: () => T): T
}

type Prlimit = (pid: number, resource: number, limit: BigUint64Array | null, old: BigUint64Array) => unknown

const RLIMIT_LOCKS = 10
const SIXTY_FOUR_BITS = new Set<string>(['x64', 'arm64', 'ppc64', 's390x', 'riscv64', 'loong64'])
const THIS_PROCESS = 0

/** Undefined where the C library has no such function, or takes numbers of 32 bits: they would lower the hard limit. */
export function openOwnLimit(koffi: ForeignFunctions): OwnLimit | undefined {
  if (!SIXTY_FOUR_BITS.has(process.arch)) return undefined
  try {
    return limitBy(koffi.load(null).func('prlimit', 'int', ['int', 'int', 'void *', 'void *']) as Prlimit)
  } catch {
    return undefined
  }
}

function limitBy(prlimit: Prlimit): OwnLimit {
  /** Soft and hard, as they were before. */
  const set = (limit: BigUint64Array | null): BigUint64Array => {
    const old = new BigUint64Array(2)
    if (prlimit(THIS_PROCESS, RLIMIT_LOCKS, limit, old) === 0) return old
    throw new Error('The limit of file locks is fixed.')
  }
  const during = <T>(soft: number, act: () => T): T => {
    const [, hard = 0n] = set(null)
    const before = set(new BigUint64Array([BigInt(soft), hard]))
    try {
      return act()
    } finally {
      set(before)
    }
  }
  return { during }
}
