/**
 * What the terminal block tells of deaths: one row of numbers, and a paragraph for each.
 *
 * A teardown crash is told as its finding, whose severity decides whether it is.
 */
import type { Death, MemorySample, Verdict } from '../protocol/death.ts'
import type { FileReport } from '../protocol/file-report.ts'
import { megabytes } from '../protocol/megabytes.ts'
import { placeText } from '../protocol/place-text.ts'
import { count, fileText, painter } from './words.ts'
import type { Paint } from './words.ts'

/** Those that are told: a death after the file only where its finding is. */
export function toldDeaths({ deaths, findings }: FileReport): readonly Death[] {
  const crashIsTold = findings.some(({ kind }) => kind === 'teardown-crash')
  return deaths.filter(({ verdict }) => verdict !== 'died-after-file' || crashIsTold)
}

/** '3 (2 died-in-test, 1 blocked)'; undefined where nobody died. */
export function deathsRow(reports: readonly FileReport[]): string | undefined {
  const verdicts = new Map<Verdict, number>()
  const deaths = reports.flatMap(toldDeaths)
  for (const { verdict } of deaths) verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1)
  if (deaths.length === 0) return undefined
  return `${deaths.length} (${[...verdicts].map(([verdict, number]) => `${number} ${verdict}`).join(', ')})`
}

/** The deaths of a file, and after the last one how the file went on. */
export function deathTexts(report: FileReport, colors: boolean): string[] {
  const paint = painter(colors)
  const told = report.deaths.filter(({ verdict }) => verdict !== 'died-after-file')
  return told.map((death, index) => {
    const isLast = index === told.length - 1
    const after = isLast ? afterwards(report, told.length === 1 ? 'it' : 'these deaths') : []
    return paragraph(report, death, after, paint)
  })
}

function paragraph(report: FileReport, death: Death, after: readonly string[], paint: Paint): string {
  const { verdict, words, at, others, memory } = death
  const alongside = others.map(({ fullName }) => `"${fullName}"`).join(', ')
  return [
    `${paint('red', 'DEATH')}  ${paint('bold', verdict)}  ${fileText(report)}${where(death)}`,
    `        its worker ${words}`,
    ...(at === null ? [] : [`        ${paint('dim', `at ${placeText(at)}`)}`]),
    ...(others.length === 0 ? [] : [`        ${alongside} ran at the same time`]),
    ...memoryLine(memory).map(line => `        ${paint('dim', line)}`),
    ...after.map(line => `        ${line}`),
  ].join('\n')
}

/** What follows the file's name: its test or its suite, and the hook that ran. */
function where({ verdict, test, hook }: Death): string {
  const name = test?.fullName ?? hook?.suite ?? ''
  const path = name === '' ? '' : ` > ${name}`
  if (hook !== null) return `${path} (${hook.name})`
  if (path === '' && verdict !== 'died-while-collecting') return ' (outside of a test)'
  return path
}

function memoryLine(memory: readonly MemorySample[]): string[] {
  const [first] = memory
  const last = memory.at(-1)
  if (first === undefined || last === undefined) return []
  const peak = Math.max(...memory.map(({ rss }) => rss))
  const steps = [megabytes(first.rss), `peak ${megabytes(peak)}`, megabytes(last.rss)]
  return [`memory ${memory.length === 1 ? megabytes(first.rss) : steps.join(' -> ')}`]
}

function afterwards({ resumed, workers, tests, lostReason }: FileReport, what: string): string[] {
  const fresh = workers.length <= 2 ? 'a fresh worker' : `${workers.length - 1} fresh workers`
  return [
    ...(resumed === 0 ? [] : [`${count(resumed, 'test')} after ${what} ran in ${fresh}`]),
    ...(tests.lost === 0 ? [] : [`${count(tests.lost, 'test')} could not be run any more`]),
    ...(lostReason === null ? [] : [`  ${lostReason}`]),
  ]
}
