/** The matrix for a terminal: a line for each moment, a column for each death. */
import type { Judged } from './measure.ts'
import { MOMENTS } from './moments.ts'

export function gridOf(judged: readonly Judged[]): string {
  const deaths = [...new Set(judged.map(({ cell }) => cell.death.name))]
  const byMoment = Map.groupBy(judged, ({ cell }) => cell.moment)
  const moments = MOMENTS.filter(moment => byMoment.has(moment))
  const width = Math.max(...moments.map(({ words }) => words.length))
  const lines = moments.map(moment =>
    [
      moment.words.padEnd(width),
      ...deaths.map((death, column) =>
        signOf(byMoment.get(moment) ?? [], death).padEnd(`${column + 1}`.length),
      ),
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
