/**
 * The file's record, of which the worker that ends the file knows a part only: what happened to the workers before
 * it, and what was found when they were gone, is added here. Where no worker was left to write one, this does.
 */
import type { Death } from '../../protocol/death.ts'
import { fileRecordOf, lostRecord } from '../../protocol/file-report.ts'
import type { FileIdentity, FileRecord } from '../../protocol/file-report.ts'
import type { Finding } from '../../protocol/finding.ts'

export interface FileHistory {
  readonly deaths: readonly Death[]
  /** Of all workers of the file, the first one first. */
  readonly pids: readonly number[]
  /** What the main process found. */
  readonly findings: readonly Finding[]
  /** Which workers that died had loaded: relative to the root. */
  readonly luaFiles: ReadonlySet<string>
}

/** @param meta of the file's task */
export function completeRecord(meta: object, identity: FileIdentity, history: FileHistory): FileRecord {
  const own = fileRecordOf(meta) ?? lostRecord(identity)
  const { findings, deaths, pids, luaFiles } = history
  const strays = findings.filter(({ kind }) => kind === 'process-left-running')
  const ended = strays.filter(stray => 'outcome' in stray && stray.outcome === 'ended').length
  return {
    ...own,
    deaths,
    workers: pids.map(pid => ({ pid, reused: false })),
    findings: [...own.findings, ...findings.filter(finding => !isRepeated(finding, own.findings))],
    processes: {
      ...own.processes,
      started: own.processes.started + strays.length,
      ended: own.processes.ended + ended,
    },
    memory: memoryOf(own, history),
    luaFiles: [...new Set([...own.luaFiles, ...luaFiles])].toSorted(),
  }
}

function memoryOf({ memory }: FileRecord, { deaths }: FileHistory): FileRecord['memory'] {
  const samples = deaths.flatMap(death => death.memory)
  return {
    // Of the first worker, which is not the one that wrote the record where others died before it.
    start: samples[0]?.rss ?? memory.start,
    peak: Math.max(memory.peak, ...samples.map(({ rss }) => rss)),
    end: memory.end || (samples.at(-1)?.rss ?? 0),
  }
}

/** What keeps the worker from sweeping keeps the main process from it too: once is enough. */
function isRepeated({ kind, text }: Finding, told: readonly Finding[]): boolean {
  return kind === 'guard-failed' && told.some(other => other.kind === kind && other.text === text)
}
