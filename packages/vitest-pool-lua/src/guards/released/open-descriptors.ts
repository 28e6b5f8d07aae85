/**
 * Which descriptors were opened since the file began, and during which test they were first seen.
 *
 *     const open = watchDescriptors()
 *     open.look(test)   // after each test: 0.03 ms where nothing is new
 *     open.since()      // what was open at the last look, and not when the file began
 */
import type { TestName } from '../../protocol/finding.ts'
import { listDescriptors, localSockets, targetOf } from './proc-fd.ts'

export interface SeenDescriptor {
  readonly number: number
  readonly target: string
  readonly test: TestName | null
}

export interface OpenDescriptors {
  /** @returns how many are open in all */
  look(test: TestName | null): number
  /**
   * Those that somebody could have left open. The streams of a child process are its own affair, and sockets that
   * are bound to a path are known as what they are.
   */
  since(): SeenDescriptor[]
  close(): void
}

export function watchDescriptors(): OpenDescriptors {
  const list = listDescriptors()
  const before = new Set(list.others())
  let seen = new Map<number, SeenDescriptor>()
  return {
    look(test) {
      const now = list.numbers()
      const fresh = now.filter(number => !before.has(number))
      seen = new Map(fresh.flatMap(number => see(number, test, seen.get(number))))
      return now.length
    },
    close: () => list.close(),
    since() {
      const found = [...seen.values()].filter(({ target }) => isSomebodys(target))
      const targets = found.map(({ target }) => target)
      const local = targets.some(target => target.startsWith('socket:')) ? localSockets() : new Set()
      return found.filter(({ target }) => !local.has(target) && !isOwnPipe(target, targets))
    },
  }
}

/** A number is used again as soon as it is free: for the list itself, first of all. */
function see(
  number: number,
  test: TestName | null,
  last: SeenDescriptor | undefined,
): [number, SeenDescriptor][] {
  const target = targetOf(number)
  if (target === undefined) return []
  return [[number, last?.target === target ? last : { number, target, test }]]
}

/** Node and libuv keep some for themselves: event queues, randomness, a null device; threads read the program. */
function isSomebodys(target: string): boolean {
  return (
    target !== process.execPath &&
    !target.startsWith('anon_inode:') &&
    !/^\/(?:dev\/(?:null|u?random|tty)|proc\/|sys\/)/.test(target)
  )
}

/** Threads of this process speak by pipes, of which it holds both ends. */
function isOwnPipe(target: string, targets: readonly string[]): boolean {
  return target.startsWith('pipe:') && targets.filter(other => other === target).length > 1
}
