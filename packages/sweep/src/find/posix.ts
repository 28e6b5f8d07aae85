/** The twin for macOS and the BSDs: `ps`. Its columns are POSIX's, but for `stat`, `rss` and `lstart`, which all have. */
import { epochNow } from '../clock.ts'
import { execFile, spawnSync } from 'node:child_process'
import { SweepError } from '../errors.ts'
import type { Inspected, Inspector } from './inspector.ts'
import { checkPs } from './ps-on-path.ts'

const columns = ['pid', 'ppid', 'pgid', 'stat', 'rss', 'time', 'lstart', 'command']
/** pid, ppid, pgid, stat, rss, time, `Sat Nov 21 10:35:24 2026`, command. */
const line = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s(.*)$/
const longestMs = 10_000

export const posixInspector: Inspector = {
  checkTools: checkPs,
  inspect: async pids => (pids.length === 0 ? [] : parsePs(await runPs(psArguments(pids)))),
  inGroups: async groups => pidsInGroups(await runPs(['-A', ...formatOf(['pid', 'pgid'])]), groups),
  startTimeOf: pid => {
    checkPs()
    const { stdout, stderr, status, error } = spawnSync('ps', psArguments([pid]), psOptions())
    if (error !== undefined || (status !== 0 && stderr !== '')) throw psFailed(stderr, error)
    return parsePs(stdout)[0]?.startTime
  },
}

function psArguments(pids: readonly number[]): string[] {
  return ['-ww', ...formatOf(columns), '-p', pids.join(',')]
}

/** Without headers. What follows a `=` is the header, to the end of its argument: so each has an argument of its own. */
function formatOf(names: readonly string[]): string[] {
  return names.flatMap(name => ['-o', `${name}=`])
}

/** The language decides how `lstart` is written. */
function psOptions(): { env: NodeJS.ProcessEnv; timeout: number; maxBuffer: number; encoding: 'utf8' } {
  const env = { ...process.env, LC_ALL: 'C' }
  return { env, timeout: longestMs, maxBuffer: Number.POSITIVE_INFINITY, encoding: 'utf8' }
}

/** `ps` exits with 1 where none of the processes lives, and then says nothing. */
async function runPs(parameters: readonly string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile('ps', parameters, psOptions(), (cause, stdout, stderr) => {
      if (cause && (cause.killed || stderr !== '')) reject(psFailed(stderr, cause))
      else resolve(stdout)
    })
  })
}

function psFailed(stderr: string, cause: Error | undefined): SweepError {
  const [what = ''] = stderr.split('\n')
  const message = `Processes could not be listed: the program "ps" ${what === '' ? 'did not end as it should' : `said "${what}"`}. Needed is the ps of procps, of macOS or of a BSD; that of BusyBox has not all of it (in Alpine images: apk add procps). On Linux the tier "proc" needs no ps.`
  return new SweepError('LUA_SWEEP_LIST_FAILED', message, { cause })
}

export function pidsInGroups(output: string, groups: ReadonlySet<number>): number[] {
  return output.split('\n').flatMap(text => {
    const [pid = 0, group = 0] = text.trim().split(/\s+/).map(Number)
    return groups.has(group) ? [pid] : []
  })
}

export function parsePs(output: string): Inspected[] {
  return output.split('\n').flatMap(text => {
    const match = line.exec(text)
    const process = match && toInspected(match.slice(1))
    return process ? [process] : []
  })
}

function toInspected(fields: readonly string[]): Inspected | undefined {
  const [pid = '', ppid = '', group = '', stat = '', rss = '', time = '', start = '', command = ''] = fields
  if (stat.startsWith('Z')) return undefined
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    group: Number(group),
    startTime: Date.parse(start) / 1000,
    command,
    ageMs: Math.max(0, epochNow() - Date.parse(start)),
    cpuMs: parseCpuTime(time),
    rssBytes: Number(rss) * 1024,
    stopped: stat.startsWith('T'),
  }
}

/** `[[days-]hours:]minutes:seconds`, on macOS with hundredths of a second. */
export function parseCpuTime(time: string): number {
  const [clock = '', days = '0'] = time.split('-').toReversed()
  const seconds = clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
  return Math.round((Number(days) * 86_400 + seconds) * 1000)
}
