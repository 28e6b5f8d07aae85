/**
 * The block that the terminal shows after the run: one line where there is
 * nothing to say.
 */
import type { FileReport } from '../protocol/file-report.ts'
import { megabytes } from '../protocol/megabytes.ts'
import { deathTexts, deathsRow } from './deaths.ts'
import { findingTexts } from './findings.ts'
import { totals } from './ledger.ts'
import type { Totals } from './ledger.ts'
import { count, fileText, painter } from './words.ts'

/** @param colors whether the stream that it goes to shows them */
export function terminalBlock(reports: readonly FileReport[], colors: boolean): string {
  const paint = painter(colors)
  const all = totals(reports)
  const deaths = deathsRow(reports)
  const title = paint(['bold', 'blue'], ' Lua ')
  const isQuiet = all.findings.warn + all.findings.error + all.engines.left === 0 && deaths === undefined
  if (isQuiet && withoutRecord(reports).length === 0) return `${title} ${quietLine(all)}`
  return [
    `${title} ${heading(all, reports)}`,
    ...[...rows(all, reports), ...deathRows(deaths, reports)].map(
      ([name, text]) => `      ${paint('dim', name.padEnd(10))}  ${text}`,
    ),
    '',
    ...reports.flatMap(report => deathTexts(report, colors)),
    ...reports.flatMap(report => findingTexts(report, colors)),
  ].join('\n')
}

function quietLine(all: Totals): string {
  return [
    `${count(all.files, 'file')} in ${count(all.workers, 'worker')}`,
    `${count(all.engines.opened, 'engine')} opened and disposed`,
    `peak ${megabytes(all.memory.peak)}`,
    'nothing left behind',
  ].join(', ')
}

function heading(all: Totals, reports: readonly FileReport[]): string {
  const runtimes = [...new Set(reports.map(({ runtime }) => runtime))].join(', ')
  return `${count(all.files, 'file')} in ${count(all.workers, 'worker')}, on ${runtimes}`
}

function rows(all: Totals, reports: readonly FileReport[]): [string, string][] {
  const { engines, processes, registries, findings, memory } = all
  const largest = reports.find(report => report.memory.peak === memory.peak)
  return [
    ['engines', `${engines.opened} opened, ${engines.disposed} disposed, ${engines.left} left`],
    ['registries', `put back ${count(registries.putBack, 'time')}`],
    ['processes', `${processes.started} started, ${processes.ended} ended${tierText(reports)}`],
    ...timeWaitRow(reports),
    ['memory', `peak ${megabytes(memory.peak)} (${largest === undefined ? '' : fileText(largest)})`],
    ['findings', `${count(findings.error, 'error')}, ${count(findings.warn, 'warning')}`],
  ]
}

/** How they were found: of files that started some. */
function tierText(reports: readonly FileReport[]): string {
  const started = reports.filter(({ processes }) => processes.started > 0)
  const tiers = [...new Set(started.map(({ processes }) => processes.tier))]
  return tiers.length === 0 ? '' : ` (tier ${tiers.join(', ')})`
}

/** Nobody left them open, and nobody can end them: told for whoever wonders why a port is taken. */
function timeWaitRow(reports: readonly FileReport[]): [string, string][] {
  const connections = reports.reduce((sum, { timeWait = 0 }) => sum + timeWait, 0)
  if (connections === 0) return []
  return [
    ['sockets', `${count(connections, 'connection')} in TIME_WAIT: the system ends them within a minute`],
  ]
}

function deathRows(deaths: string | undefined, reports: readonly FileReport[]): [string, string][] {
  const died: [string, string][] = deaths === undefined ? [] : [['deaths', deaths]]
  const lost = withoutRecord(reports).map((report): [string, string] => [
    'lost',
    `${fileText(report)}: its worker ended before it could report`,
  ])
  return [...died, ...lost]
}

/** Files of which nobody told anything, like one whose worker could not be started. */
function withoutRecord(reports: readonly FileReport[]): readonly FileReport[] {
  return reports.filter(({ workers }) => workers.length === 0)
}
