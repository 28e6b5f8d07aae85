/**
 * The twin for Windows: one query to PowerShell, about half a second. Untested: the project's checks
 * run on Linux.
 * https://learn.microsoft.com/windows/win32/cimwin32prov/win32-process
 */
import { epochNow } from '../clock.ts'
import { execFile } from 'node:child_process'
import { SweepError } from '../errors.ts'
import type { Inspected, Inspector } from './inspector.ts'

const longestMs = 20_000

/** What the query prints of each process, a number or a text a field. Times are in 100 ns. */
interface CimProcess {
  readonly pid: number
  readonly ppid: number
  readonly start: number
  readonly name: string
  readonly command: string | null
  readonly cpu: number
  readonly rss: number
}

export const windowsInspector: Inspector = {
  // PowerShell is part of Windows.
  checkTools: () => undefined,
  inspect: async pids => (pids.length === 0 ? [] : parseCim(await runQuery(pids))),
  // Windows has job objects in their place, of which nothing tells who is in them.
  inGroups: async () => [],
  startTimeOf: pid => (exists(pid) ? 0 : undefined),
}

function query(pids: readonly number[]): string {
  const filter = pids.map(pid => `ProcessId=${pid}`).join(' OR ')
  const fields = [
    `@{n='pid';e={$_.ProcessId}}`,
    `@{n='ppid';e={$_.ParentProcessId}}`,
    `@{n='start';e={([DateTimeOffset]$_.CreationDate).ToUnixTimeSeconds()}}`,
    `@{n='name';e={$_.Name}}`,
    `@{n='command';e={$_.CommandLine}}`,
    `@{n='cpu';e={$_.KernelModeTime + $_.UserModeTime}}`,
    `@{n='rss';e={$_.WorkingSetSize}}`,
  ]
  const found = `Get-CimInstance Win32_Process -Filter '${filter}' | Select-Object ${fields.join(',')}`
  return `$ProgressPreference='SilentlyContinue'; ConvertTo-Json -Compress @(${found})`
}

async function runQuery(pids: readonly number[]): Promise<string> {
  const options = { timeout: longestMs, windowsHide: true, maxBuffer: Number.POSITIVE_INFINITY }
  const parameters = ['-NoProfile', '-NonInteractive', '-Command', query(pids)]
  return await new Promise((resolve, reject) => {
    execFile('powershell', parameters, options, (cause, stdout) => {
      if (cause) reject(queryFailed(cause))
      else resolve(stdout)
    })
  })
}

function queryFailed(cause: Error): SweepError {
  const message =
    'PowerShell could not be asked about processes (Get-CimInstance Win32_Process): see the cause.'
  return new SweepError('LUA_SWEEP_LIST_FAILED', message, { cause })
}

export function parseCim(output: string): Inspected[] {
  const processes: readonly CimProcess[] = JSON.parse(output)
  return processes.map(({ pid, ppid, start, name, command, cpu, rss }) => ({
    pid,
    ppid,
    startTime: start,
    command: command ?? `[${name}]`,
    ageMs: Math.max(0, epochNow() - start * 1000),
    cpuMs: Math.round(cpu / 10_000),
    rssBytes: rss,
    stopped: false,
  }))
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
