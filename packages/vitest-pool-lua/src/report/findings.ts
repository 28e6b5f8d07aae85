/**
 * Findings as the terminal tells them: what, where, and at which lines. Of many that are alike (one line that opens 400
 * sockets) the first are told, and how many more there are; the JSON report has them all.
 */
import type { FileReport } from '../protocol/file-report.ts'
import type { Finding, Place } from '../protocol/finding.ts'
import { placeText } from '../protocol/place-text.ts'
import { fileText, painter } from './words.ts'

/** Of those that are alike. */
const MOST_TOLD = 5

export function findingTexts(report: FileReport, colors: boolean): string[] {
  const groups = [...Map.groupBy(report.findings, likeness).values()]
  return groups.flatMap(group => {
    const texts = group.slice(0, MOST_TOLD).map(finding => findingText(report, finding, colors))
    const more = group.length - texts.length
    if (more > 0) texts.push(`        ${painter(colors)('dim', `and ${more} more like these`)}`)
    return texts
  })
}

/** Ports, pids and names of files with a number are what differs between things that one line opens. */
function likeness({ kind, severity, test, at, text }: Finding): string {
  return JSON.stringify([kind, severity, test?.id, at, text.replaceAll(/\d+/g, '#')])
}

function findingText(report: FileReport, finding: Finding, colors: boolean): string {
  const paint = painter(colors)
  const { kind, severity, test, text } = finding
  const label = severity === 'error' ? paint('red', 'ERROR') : paint('yellow', ' WARN')
  const file = fileText(report)
  const where = test === null ? `${file} (outside of a test)` : `${file} > ${test.fullName}`
  return [
    `${label}  ${paint('bold', kind)}  ${where}`,
    `        ${text}`,
    ...places(finding).map(place => `        ${paint('dim', place)}`),
  ].join('\n')
}

function places(finding: Finding): string[] {
  const first = finding.kind === 'engine-duplicated' ? finding.first : null
  return [
    ...(finding.at === null ? [] : [`at ${placeWords(finding.at)}`]),
    ...(first === null ? [] : [`first opened at ${placeWords(first)}`]),
  ]
}

function placeWords(place: Place): string {
  const { calledFrom } = place
  return calledFrom === undefined
    ? placeText(place)
    : `${placeText(place)}, called from ${placeText(calledFrom)}`
}
