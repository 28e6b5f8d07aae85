/** What the sweep says. */
import type { Failure, Leftover } from './leftovers.ts'
import { megabytes } from '../protocol/megabytes.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

export function listOf(leftovers: readonly Leftover[]): string {
  if (leftovers.length === 0) return 'No earlier run has left anything here.'
  return leftovers.map(sectionOf).join('\n')
}

export function summaryOf(leftovers: readonly Leftover[], failures: readonly Failure[]): string {
  const processes = leftovers.flatMap(one => one.processes).filter(({ exemption }) => exemption === null)
  const folders = leftovers.flatMap(one => one.folders)
  const told = `${counted(processes.length, 'process', 'processes')} and ${counted(folders.length, 'folder', 'folders')}`
  if (failures.length === 0) return `Ended: ${told}.`
  const failed = failures.map(({ what, reason }) => `  ${what}: ${reason}`)
  return [`Ended ${told}, but for:`, ...failed].join('\n')
}

function sectionOf({ run, processes, folders }: Leftover): string {
  const lines = processes.map(({ pid, command, ageMs, rssBytes, exemption }) => {
    const kept = exemption === null ? '' : `, stays: ${exemption.reason}`
    return `  process ${pid} (${command}), ${ageText(ageMs)} old, ${megabytes(rssBytes)}${kept}`
  })
  return [`Left by run ${run}:`, ...lines, ...folders.map(path => `  folder ${path}`)].join('\n')
}

function ageText(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`
  if (ms < HOUR) return `${Math.round(ms / MINUTE)} min`
  return `${Math.round(ms / HOUR)} h`
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}
