/** The twin for macOS and the BSDs: `ps`. Its columns are POSIX's, but for `lstart`, which all have. */
import { epochNow } from '../clock.ts'
import { execFile, spawnSync } from 'node:child_process'
import type { Inspected, Inspector } from './inspector.ts'
import { checkPs } from './ps-on-path.ts'

const columns = 'pid=,ppid=,stat=,rss=,time=,lstart=,command='
/** pid, ppid, stat, rss, time, `Sat Nov 21 10:35:24 2026`, command. */
const line = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\d+\s+[\d:]+\s+\d+)\s(.*)$/
const longestMs = 10_000

export const posixInspector: Inspector = {
  checkTools: checkPs,
  inspect: async pids => (pids.length === 0 ? [] : parsePs(await runPs(pids))),
  startTimeOf: pid => {
    checkPs()
    const { stdout } = spawnSync('ps', psArguments([pid]), { ...psOptions(), encoding: 'utf8' })
    return parsePs(stdout)[0]?.startTime
  },
}

function psArguments(pids: readonly number[]): string[] {
  return ['-ww', '-o', columns, '-p', pids.join(',')]
}

/** The language decides how `lstart` is written. */
function psOptions(): { env: NodeJS.ProcessEnv; timeout: number } {
  return { env: { ...process.env, LC_ALL: 'C' }, timeout: longestMs }
}

/** `ps` exits with 1 where none of the processes lives, so only what it printed counts. */
async function runPs(pids: readonly number[]): Promise<string> {
  return await new Promise(resolve => {
    const options = { ...psOptions(), maxBuffer: Number.POSITIVE_INFINITY }
    execFile('ps', psArguments(pids), options, (_error, stdout) => resolve(stdout))
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
  const [pid = '', ppid = '', stat = '', rss = '', time = '', start = '', command = ''] = fields
  if (stat.startsWith('Z')) return undefined
  return {
    pid: Number(pid),
    ppid: Number(ppid),
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
