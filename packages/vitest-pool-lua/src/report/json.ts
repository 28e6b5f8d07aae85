/** The JSON of the contract, which other programs read: see docs/named.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { PoolError } from '../errors.ts'
import type { FileReport } from '../protocol/file-report.ts'
import { totals } from './ledger.ts'
import type { Totals } from './ledger.ts'

export interface JsonReport {
  readonly version: 1
  readonly run: { readonly id: string; readonly totals: Totals }
  readonly files: readonly FileReport[]
}

export function jsonReport(id: string, files: readonly FileReport[]): JsonReport {
  return { version: 1, run: { id, totals: totals(files) }, files }
}

/** Gives what kept it from being written: a run must not end in the middle of its reporters. */
export function writeJson(path: string, report: JsonReport): PoolError | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
    return undefined
  } catch (cause) {
    return new PoolError(
      'LUA_POOL_REPORT_NOT_WRITTEN',
      `outputFile is ${path}, but the report cannot be written there: ${String(cause)}. Name a file in a folder that can be written.`,
      { cause },
    )
  }
}
