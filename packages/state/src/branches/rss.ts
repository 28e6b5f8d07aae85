/** The resident memory of another process, in bytes; undefined when it is gone. */
import { readFileSync } from 'node:fs'
import { outputOf } from './program-output.ts'

interface Meter {
  rssOf(pid: number): Promise<number | undefined>
  /** ms between two looks. */
  readonly every: number
}

export const linuxMeter: Meter = {
  rssOf: async pid => {
    try {
      return kilobytes(/^VmRSS:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1])
    } catch {
      return undefined
    }
  },
  every: 20,
}

/** For macOS and the BSDs. */
export const posixMeter: Meter = {
  rssOf: async pid => kilobytes(await outputOf('ps', ['-o', 'rss=', '-p', String(pid)])),
  every: 100,
}

/** `"node.exe","1234","Console","1","62,100 K"`, with whatever separates thousands there. */
const windowsMeter: Meter = {
  rssOf: async pid => {
    const row = await outputOf('tasklist', ['/fi', `pid eq ${pid}`, '/fo', 'csv', '/nh'])
    return kilobytes(/"([^"]*) K"\s*$/.exec(row)?.[1]?.replaceAll(/\D/g, ''))
  },
  every: 250,
}

export const meter: Meter =
  process.platform === 'linux' ? linuxMeter : process.platform === 'win32' ? windowsMeter : posixMeter

function kilobytes(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === '' ? undefined : Number(text) * 1024
}
