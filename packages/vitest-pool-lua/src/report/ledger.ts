/**
 * The ledger: the main process's list of file reports, one for each test file
 * of the last run of that file.
 */
import type { FileRecord, FileReport, TestCounts } from '../protocol/file-report.ts'
import type { Account } from './accounting.ts'
import type { Finding } from '../protocol/finding.ts'

export interface Totals {
  readonly files: number
  readonly workers: number
  readonly tests: TestCounts
  readonly deaths: number
  readonly findings: { readonly warn: number; readonly error: number }
  readonly engines: FileReport['engines']
  readonly registries: FileReport['registries']
  readonly processes: Omit<FileReport['processes'], 'tier'>
  /** Bytes of the worker that had the most. */
  readonly memory: { readonly peak: number }
}

/** A file's record with what Vitest knows beside it. */
export interface Entry {
  readonly record: FileRecord
  readonly project: string
  readonly account: Account
}

export function fileReport({ record, project, account }: Entry): FileReport {
  const { run: _run, ...known } = record
  const { tests, resumed, lostReason } = account
  return { project, ...known, tests, resumed, lostReason }
}

export function totals(reports: readonly FileReport[]): Totals {
  const sum = (of: (report: FileReport) => number): number =>
    reports.reduce((total, report) => total + of(report), 0)
  const findings = (severity: Finding['severity']): number =>
    sum(report => report.findings.filter(finding => finding.severity === severity).length)
  return {
    files: reports.length,
    workers: new Set(reports.flatMap(({ workers }) => workers.map(({ pid }) => pid))).size,
    tests: {
      passed: sum(({ tests }) => tests.passed),
      failed: sum(({ tests }) => tests.failed),
      skipped: sum(({ tests }) => tests.skipped),
      lost: sum(({ tests }) => tests.lost),
    },
    deaths: sum(({ deaths }) => deaths.length),
    findings: { warn: findings('warn'), error: findings('error') },
    engines: {
      opened: sum(({ engines }) => engines.opened),
      disposed: sum(({ engines }) => engines.disposed),
      left: sum(({ engines }) => engines.left),
    },
    registries: { putBack: sum(({ registries }) => registries.putBack) },
    processes: {
      started: sum(({ processes }) => processes.started),
      ended: sum(({ processes }) => processes.ended),
    },
    memory: { peak: Math.max(0, ...reports.map(({ memory }) => memory.peak)) },
  }
}
