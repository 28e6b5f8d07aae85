/**
 * What was opened, and who opened it, as long as anybody asks:
 *
 *     const keep = keeper()
 *     const kept = keep(kind, value, opening)
 *     kept((value, opening) => kind.name(value), 'an engine')   // the second where it has been collected
 *
 * What is open is held, unless Node or what it holds keeps it. What is found closed, when some more have come, is the
 * project's own to let go: a file may open thousands. Its opening goes with it, because a stack holds the objects
 * whose methods were running.
 */
import { orElse } from './kind.ts'
import type { EngineKind } from './kind.ts'
import type { Opening } from './opening.ts'

export type Kept = <R>(work: (value: object, opening: Opening) => R, collected: R) => R

export type Keeper = (kind: EngineKind, value: object, opening: Opening) => Kept

interface Held {
  isOpen(this: void): boolean
  letGo(this: void): void
}

/** So many may be held that are closed. */
const FEW = 64

export function keeper(): Keeper {
  const all = new Set<Held>()
  let most = FEW
  const letClosedGo = (): void => {
    for (const held of all) {
      if (held.isOpen()) continue
      held.letGo()
      all.delete(held)
    }
    most = Math.max(FEW, all.size * 2)
  }
  return (kind, value, opening) => {
    if (orElse(() => kind.lives?.(value), undefined) === true) return weakly(value, opening)
    if (all.size >= most) letClosedGo()
    const { kept, held } = holding(kind, strongly(value, opening))
    all.add(held)
    return kept
  }
}

/** No function here names the value: what one of them names, all of them hold. */
function holding(kind: EngineKind, strong: Kept): { kept: Kept; held: Held } {
  let now = strong
  return {
    kept: (work, collected) => now(work, collected),
    held: {
      isOpen: () => orElse(() => now(kind.isOpen, false), false),
      letGo: () => void (now = now(weakly, now)),
    },
  }
}

function strongly(value: object, opening: Opening): Kept {
  return work => work(value, opening)
}

function weakly(value: object, opening: Opening): Kept {
  const ref = new WeakRef(value)
  const openings = new WeakMap([[value, opening]])
  return (work, collected) => {
    const here = ref.deref()
    const opened = here === undefined ? undefined : openings.get(here)
    return here === undefined || opened === undefined ? collected : work(here, opened)
  }
}
