/**
 * The parts of a suite side by side, as a table for the documentation: what the first side takes, and how often
 * that of the side it is compared with.
 *
 *     | | fengari | lua5.4 |
 *     |---|---|---|
 *     | opening | 194 µs, 0.60 x | 132 µs, 3.30 x |
 */
import type { Part } from './part.ts'
import type { Row } from './row.ts'
import { figure } from './table.ts'

type Measured = Extract<Part, { status: 'measured' }>

export function markdownTable(parts: readonly Part[]): string {
  const measured = parts.filter((part): part is Measured => part.status === 'measured')
  const names = new Set(measured.flatMap(({ rows }) => rows.map(({ name }) => name)))
  const rows = [...names].map(name =>
    lineOf(
      name,
      measured.map(part => cellOf(part.rows, name)),
    ),
  )
  const head = lineOf(
    '',
    measured.map(({ name }) => name),
  )
  return [
    head,
    lineOf(
      '---',
      measured.map(() => '---'),
    ),
    ...rows,
  ].join('')
}

function lineOf(first: string, others: readonly string[]): string {
  return `| ${[first, ...others].join(' | ')} |\n`
}

function cellOf(rows: readonly Row[], wanted: string): string {
  const row = rows.find(({ name }) => name === wanted)
  if (row === undefined) return ''
  const [comparison] = row.comparisons
  const value = `${figure(Object.values(row.values)[0])} ${row.unit}`
  return comparison === undefined ? value : `${value}, ${comparison.ratio.toFixed(2)} x`
}
