/** The matrix for a terminal: a line for each moment, a column for each death. */
import type { Judged } from './measure.ts'

export function gridOf(judged: readonly Judged[]): string {
  const deaths = [...new Set(judged.map(({ cell }) => cell.death.name))]
  const byMoment = Map.groupBy(judged, ({ cell }) => cell.moment.words)
  const width = Math.max(...[...byMoment.keys()].map(words => words.length))
  const lines = [...byMoment].map(([words, ofMoment]) =>
    [
      words.padEnd(width),
      ...deaths.map((death, column) => signOf(ofMoment, death).padEnd(`${column + 1}`.length)),
    ].join('  '),
  )
  const head = [' '.repeat(width), ...deaths.map((_, column) => `${column + 1}`)].join('  ')
  return [...deaths.map((death, column) => `${column + 1}  ${death}`), '', head, ...lines].join('\n')
}

/** Of all repetitions. */
function signOf(judged: readonly Judged[], death: string): string {
  const ofDeath = judged.filter(({ cell }) => cell.death.name === death)
  if (ofDeath.length === 0) return ' '
  return ofDeath.every(({ problems }) => problems.length === 0) ? '✓' : '✗'
}
