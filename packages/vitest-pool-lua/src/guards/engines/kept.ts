/**
 * What was opened, and who opened it, as long as anybody asks:
 *
 *     const kept = kind.lives?.(value) ? weakly(value, opening) : strongly(value, opening)
 *     kept((value, opening) => kind.name(value), 'an engine')   // the second where it has been collected
 *
 * Weakly: the opening goes with the value, because a stack holds the objects whose methods were running.
 */
import type { Opening } from './opening.ts'

export type Kept = <R>(work: (value: object, opening: Opening) => R, collected: R) => R

export function strongly(value: object, opening: Opening): Kept {
  return work => work(value, opening)
}

export function weakly(value: object, opening: Opening): Kept {
  const ref = new WeakRef(value)
  const openings = new WeakMap([[value, opening]])
  return (work, collected) => {
    const here = ref.deref()
    const opened = here === undefined ? undefined : openings.get(here)
    return here === undefined || opened === undefined ? collected : work(here, opened)
  }
}
