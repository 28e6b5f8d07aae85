/**
 * One line of a comparison, as data: a figure for each side, and how the measured side stands to the others.
 *
 *     rowOf('opening', 'µs', { state: 44, 'by hand': 34 }, { 'by hand': 1.5 })
 *     // ... comparisons: [{ to: 'by hand', ratio: 1.29, goal: { atMost: 1.5, met: true } }]
 */
export type Unit = 'ns' | 'µs' | 'ms' | 'kB' | 'MB'

export interface Row {
  readonly name: string
  readonly unit: Unit
  /** By side; the first is the one that is compared with the others. */
  readonly values: Readonly<Record<string, number>>
  readonly comparisons: readonly Comparison[]
}

export interface Comparison {
  readonly to: string
  readonly ratio: number
  readonly goal: Goal | undefined
}

export interface Goal {
  readonly atMost: number
  /** undefined in a quick run, which is too rough to say. */
  readonly met: boolean | undefined
}

/** Ratios that must not be exceeded, by the side that is compared with. */
export type Goals = Readonly<Record<string, number>>

export function rowOf(name: string, unit: Unit, values: Row['values'], goals: Goals = {}): Row {
  const [first, ...others] = Object.entries(values)
  if (first === undefined) throw new Error(`The row '${name}' has no value.`)
  const comparisons = others.map(([to, value]) => comparisonOf(to, first[1] / value, goals[to]))
  return { name, unit, values, comparisons }
}

export function comparisonOf(to: string, ratio: number, atMost: number | undefined): Comparison {
  return { to, ratio, goal: atMost === undefined ? undefined : { atMost, met: ratio <= atMost } }
}

/** The same without judgement. */
export function unjudged(row: Row): Row {
  const comparisons = row.comparisons.map(({ goal, ...comparison }) => ({
    ...comparison,
    goal: goal === undefined ? undefined : { ...goal, met: undefined },
  }))
  return { ...row, comparisons }
}
