/** From the memory of each side to rows of the report. */
import { comparisonOf, rowOf, type Row } from '../../report/row.ts'
import { cyclesGoal } from '../goals.ts'
import type { CycleMemory } from '../memory.ts'
import type { Settings } from '../settings.ts'

export interface SideMemory extends CycleMemory {
  readonly side: string
  readonly live: number
}

/** The state comes first. */
export function memoryRows(sides: readonly SideMemory[], { cycles }: Settings): Row[] {
  const row = (name: string, unit: 'kB' | 'MB', bytes: (memory: SideMemory) => number) =>
    rowOf(name, unit, Object.fromEntries(sides.map(memory => [memory.side, bytes(memory) / size[unit]])))
  const first = row(`RSS after ${cycles.first} open-close cycles`, 'MB', ({ afterFirst }) => afterFirst)
  const end = row(`RSS after ${cycles.all} open-close cycles`, 'MB', ({ atEnd }) => atEnd)
  return [
    row('RSS of a live state', 'kB', ({ live }) => live),
    first,
    { ...end, comparisons: growthOf(sides) },
  ]
}

const size = { kB: 1_000, MB: 1_000_000 }

function growthOf([state]: readonly SideMemory[]): Row['comparisons'] {
  return state === undefined ? [] : [comparisonOf('the first', state.atEnd / state.afterFirst, cyclesGoal)]
}
