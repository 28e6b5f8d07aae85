/** One reading of the process table. An environment is read when it is first asked for, and once. */
import type { Row } from './marker.ts'
import { type ProcStat, msPerTick, readBrand, readAnyStat, readEnviron } from './proc-files.ts'
import { nowInTicks } from './self.ts'

export interface ProcessRow extends Row {
  readonly stat: ProcStat
}

export type ProcessTable = ReadonlyMap<number, ProcessRow>

export interface TableReading {
  readonly table: ProcessTable
  /** They hold nothing any more and start nothing: there may be thousands, where init is slow to collect them. */
  readonly zombies: readonly ProcStat[]
}

const kernelThreadDaemon = 2

/** While a program is being loaded the environment is empty; that of a kernel thread always is. */
export function isLoaded(row: ProcessRow): boolean {
  return row.environ() !== '' || row.stat.ppid === kernelThreadDaemon || row.stat.pid === kernelThreadDaemon
}

/** Who lives for some milliseconds only may be gone when its environment is asked for. */
const youngTicks = 250 / msPerTick

/**
 * The newest first, as far as pids tell: they may be gone soonest.
 *
 * @param since the start time below which an environment is not worth reading.
 */
export function readTable(pids: readonly number[], since: number): TableReading {
  const zombies: ProcStat[] = []
  const table = new Map<number, ProcessRow>()
  const youngSince = nowInTicks() - youngTicks
  for (const pid of pids.toReversed()) {
    const stat = readAnyStat(pid)
    if (!stat) continue
    if (!stat.living) {
      zombies.push(stat)
      continue
    }
    const row = stat.startTime < since ? withoutEnviron(stat) : openRow(stat)
    if (stat.startTime > youngSince) row.environ()
    table.set(pid, row)
  }
  return { table, zombies }
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
