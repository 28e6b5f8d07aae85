/** One reading of the process table. An environment is read when it is first asked for, and once. */
import type { Row } from './marker.ts'
import { type ProcStat, readBrand, readEnviron, readStat } from './proc-files.ts'

export interface ProcessRow extends Row {
  readonly stat: ProcStat
}

export type ProcessTable = ReadonlyMap<number, ProcessRow>

const kernelThreadDaemon = 2

/** While a program is being loaded the environment is empty; that of a kernel thread always is. */
export function isLoaded(row: ProcessRow): boolean {
  return row.environ() !== '' || row.stat.ppid === kernelThreadDaemon || row.stat.pid === kernelThreadDaemon
}

/** @param since the start time below which an environment is not worth reading. */
export function readTable(pids: Iterable<number>, since: number): ProcessTable {
  const table = new Map<number, ProcessRow>()
  for (const pid of pids) {
    const stat = readStat(pid)
    if (stat) table.set(pid, stat.startTime < since ? withoutEnviron(stat) : openRow(stat))
  }
  return table
}

function openRow(stat: ProcStat): ProcessRow {
  let environ: { readonly text: string | undefined } | undefined
  return {
    stat,
    environ: () => (environ ??= { text: readEnviron(stat.pid) }).text,
    brand: () => readBrand(stat.pid),
  }
}

function withoutEnviron(stat: ProcStat): ProcessRow {
  return { stat, environ: () => undefined, brand: () => undefined }
}
