/** A member of a target with all that is told of it. */
import { holdsCookie, valuesIn } from '../cookie.ts'
import type { FinderOptions, Member } from './finder.ts'
import type { Found } from './marker.ts'
import { msPerTick, readCommand, readRssBytes } from './proc-files.ts'
import type { ProcessRow } from './proc-table.ts'
import { nowInTicks } from './self.ts'

type Told = Pick<FinderOptions, 'exempting' | 'label'>

export function readMember(row: ProcessRow, found: Found, { exempting, label }: Told): Member {
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
    ending: state === 'Z',
    exempting: exempting !== undefined && holdsCookie(row.environ() ?? '', exempting),
    ...(label !== undefined && labelIn(row.environ() ?? '', label)),
  }
}

function labelIn(environ: string, name: string): Pick<Member, 'label'> {
  const [label] = valuesIn(environ, name)
  return label === undefined ? {} : { label }
}
