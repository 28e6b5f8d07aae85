/** Cells of which not each repetition came to the same, with what each came to and how often. */
import { titleOf } from './cell.ts'
import type { Judged } from './measure.ts'

export function variedIn(judged: readonly Judged[]): readonly string[] {
  const byCell = Map.groupBy(judged, ({ cell }) => cell)
  return [...byCell].flatMap(([cell, repetitions]) => {
    const counts = Map.groupBy(repetitions, ({ ofFile }) => ofFile)
    const told = [...counts].map(([words, same]) => `${words} (${same.length} times)`)
    return counts.size === 1 ? [] : [`not the same each time: ${titleOf(cell)}: ${told.join('; ')}`]
  })
}
