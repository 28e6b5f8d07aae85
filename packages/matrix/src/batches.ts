/**
 * Which cells share a run: those that end it with the same exit code, so that it can be checked. One that may end it
 * with this or that has a run of its own.
 */
import type { Cell } from './cell.ts'
import { expectationOf } from './expectation.ts'

export function batchesOf(cells: readonly Cell[], size: number): readonly (readonly Cell[])[] {
  const byExitCodes = Map.groupBy(cells, cell => expectationOf(cell).exitCodes.join())
  return [...byExitCodes].flatMap(([codes, together]) => chunksOf(together, codes.includes(',') ? 1 : size))
}

function chunksOf<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, index) =>
    all.slice(index * size, (index + 1) * size),
  )
}
