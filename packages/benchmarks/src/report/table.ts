/**
 * The lines of a report in a terminal.
 *
 *     lua5.4                                        state    by hand
 *       opening                              µs      44.1       34.2  1.29 x by hand
 *       JS calls Lua: two numbers            ns       402        310  1.30 x by hand (goal 1.5: met)
 */
import type { Part } from './part.ts'
import type { Comparison, Goal, Row } from './row.ts'

const nameWidth = 38
const unitWidth = 4
const valueWidth = 11

export function headLine(name: string, sides: readonly string[]): string {
  const columns = sides.map(side => side.padStart(valueWidth)).join('')
  return name.padEnd(2 + nameWidth + unitWidth) + columns
}

export function rowLine({ name, unit, values, comparisons }: Row, sides: readonly string[]): string {
  const columns = sides.map(side => figure(values[side]).padStart(valueWidth)).join('')
  const ratios = comparisons.map(comparisonText).join(', ')
  return `  ${name.padEnd(nameWidth)}${unit.padStart(unitWidth)}${columns}  ${ratios}`.trimEnd()
}

/** How many goals were met, and which were not. */
export function goalsSummary(parts: readonly Part[]): string {
  const goals = parts.flatMap(part =>
    part.status === 'measured'
      ? part.rows.flatMap(row =>
          row.comparisons.map(comparison => ({ part: part.name, row: row.name, comparison })),
        )
      : [],
  )
  const met = goals.filter(({ comparison }) => comparison.goal?.met === true)
  const missed = goals.filter(({ comparison }) => comparison.goal?.met === false)
  const lines = missed.map(({ part, row, comparison }) => `  ${part}: ${row}, ${comparisonText(comparison)}`)
  return [`goals: ${met.length} met, ${missed.length} not met`, ...lines].join('\n')
}

function comparisonText({ to, ratio, goal }: Comparison): string {
  const text = `${ratio.toFixed(2)} x ${to}`
  return goal === undefined ? text : `${text} (goal ${goal.atMost}${judgement(goal)})`
}

function judgement({ met }: Goal): string {
  if (met === undefined) return ''
  return met ? ': met' : ': not met'
}

/** Three digits that count. */
export function figure(value: number | undefined): string {
  if (value === undefined) return '-'
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3)
}
