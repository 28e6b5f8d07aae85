/** The JSON of the contract, which other programs read: see docs/named.md. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
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

export function writeJson(path: string, report: JsonReport): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`)
}
