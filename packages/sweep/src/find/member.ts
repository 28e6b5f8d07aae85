/** A member of a target with all that is told of it. */
import { type Cookie, holdsCookie } from '../cookie.ts'
import type { Member } from './finder.ts'
import type { Found } from './marker.ts'
import { msPerTick, readCommand, readRssBytes } from './proc-files.ts'
import type { ProcessRow } from './proc-table.ts'
import { nowInTicks } from './self.ts'

export function readMember(row: ProcessRow, found: Found, exempting: Cookie | undefined): Member {
  const { pid, ppid, startTime, state, cpuTicks } = row.stat
  return {
    pid,
    ppid,
    startTime,
    command: readCommand(row.stat),
    ageMs: Math.max(0, Math.round((nowInTicks() - startTime) * msPerTick)),
    cpuMs: cpuTicks * msPerTick,
    rssBytes: readRssBytes(pid),
    found,
    stopped: state === 'T',
    exempting: exempting !== undefined && holdsCookie(row.environ() ?? '', exempting),
  }
}
