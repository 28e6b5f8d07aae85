/** A process that may open no more files fails in ways that nobody understands. So it is told before. */
import type { Discovery, TestName } from '../../protocol/finding.ts'
import type { SeenDescriptor } from './open-descriptors.ts'

/** Of all that may be open. */
const SCARCE = 0.8
/** How many of those that hold them are named. */
const NAMED = 3

export function isScarce(open: number, limit: number): boolean {
  return open >= limit * SCARCE
}

export function scarce(
  open: number,
  limit: number,
  held: readonly SeenDescriptor[],
  test: TestName | null,
): Discovery {
  const text = `${open} of at most ${limit} descriptors are open (ulimit -n); ${holders(held)}`
  return { kind: 'descriptor-left-open', descriptor: null, target: '', outcome: 'open', test, at: null, text }
}

function holders(held: readonly SeenDescriptor[]): string {
  if (held.length === 0) return 'none of them was opened by a test'
  const byTest = Map.groupBy(held, ({ test }) => test?.fullName ?? null)
  const most = [...byTest].toSorted(([, one], [, other]) => other.length - one.length)
  const shown = most.slice(0, NAMED).map(([name, those]) => {
    const where = name === null ? 'outside of a test' : `during "${name}"`
    return `${those.length} were opened ${where} (${kinds(those)})`
  })
  const more = most.length - shown.length
  return [...shown, ...(more > 0 ? [`others by ${more} more`] : [])].join(', ')
}

function kinds(those: readonly SeenDescriptor[]): string {
  const count = Map.groupBy(those, ({ target }) => kindOf(target))
  return [...count].map(([kind, all]) => `${all.length} ${kind}`).join(', ')
}

function kindOf(target: string): string {
  if (target.startsWith('socket:')) return 'sockets'
  return target.startsWith('pipe:') ? 'pipes' : 'files'
}
