/**
 * Reads the files of Linux's `/proc`. A process may end at any moment, and others' are not ours to
 * read: what can't be read is undefined, never an error.
 * https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
import { readFileSync, readdirSync } from 'node:fs'
import { SweepError } from '../errors.ts'

/** Linux shows times to programs in units of 1/100 s on every architecture that Node runs on (USER_HZ). */
export const msPerTick = 10

export interface ProcStat {
  readonly pid: number
  readonly ppid: number
  readonly group: number
  readonly session: number
  /** Clock ticks since boot. */
  readonly startTime: number
  readonly name: string
  readonly state: string
  readonly cpuTicks: number
}

let procIsThere = false

/** Once it has been there it stays, also when this process has no descriptor left to look. */
export function hasProc(): boolean {
  procIsThere ||= process.platform === 'linux' && readStat(process.pid) !== undefined
  return procIsThere
}

/** Fails where this process has used up its descriptors, and then says so: "nothing found" would be a lie. */
export function listPids(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch (cause) {
    const message = 'The processes of this machine could not be listed from /proc: see the cause.'
    throw new SweepError('LUA_SWEEP_LIST_FAILED', message, { cause })
  }
}

/** A living process: one that has ended and only waits for its parent (a zombie) gives undefined. */
export function readStat(pid: number): ProcStat | undefined {
  const stat = readAnyStat(pid)
  return stat?.living ? stat : undefined
}

/** A zombie too. */
export function readAnyStat(pid: number): (ProcStat & { readonly living: boolean }) | undefined {
  const text = readText(`/proc/${pid}/stat`)
  return text === undefined ? undefined : parseStat(text)
}

/** How many fields there are from the state, the third, to the start time, the 22nd: nobody asks for the others. */
const fieldsRead = 20

/** The name may itself contain spaces and parentheses, so the fields are counted from its last one. */
export function parseStat(text: string): (ProcStat & { readonly living: boolean }) | undefined {
  const nameStart = text.indexOf('(')
  const nameEnd = text.lastIndexOf(')')
  if (nameStart === -1 || nameEnd < nameStart) return undefined
  const fields = text.slice(nameEnd + 2).split(' ', fieldsRead)
  const field = (number: number): number => Number(fields[number - 3])
  const state = fields[0] ?? ''
  return {
    pid: Number.parseInt(text, 10),
    ppid: field(4),
    group: field(5),
    session: field(6),
    startTime: field(22),
    name: text.slice(nameStart + 1, nameEnd),
    state,
    cpuTicks: field(14) + field(15),
    living: isLiving(state, field(20)),
  }
}

/** A main thread that has ended is shown as a zombie although the process's other threads go on. */
function isLiving(state: string, threads: number): boolean {
  return !'ZXx'.includes(state) || threads > 1
}

/**
 * The environment block, undefined where it may not be read. Empty for kernel threads, for a process whose program is
 * being loaded, and for one that has ended since somebody saw it: of these two it is not known what they held.
 */
export function readEnviron(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch (error) {
    return GONE.has((error as NodeJS.ErrnoException).code ?? '') ? '' : undefined
  }
}

const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH'])

/** The soft limit of file locks; undefined where there is none, as a rule. */
export function readBrand(pid: number): number | undefined {
  return brandIn(readText(`/proc/${pid}/limits`) ?? '')
}

export function brandIn(limits: string): number | undefined {
  const [, brand] = /^Max file locks\s+(\d+)/m.exec(limits) ?? []
  return brand === undefined ? undefined : Number(brand)
}

/** The arguments joined by spaces. A program may overwrite them, and leave NULs at their end. */
export function readCommand({ pid, name }: ProcStat): string {
  const text = readText(`/proc/${pid}/cmdline`) ?? ''
  return text.replace(/\0+$/, '').replaceAll('\0', ' ') || `[${name}]`
}

/** Not from `stat`, which counts pages, whose size Node does not tell. */
export function readRssBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readText(`/proc/${pid}/status`) ?? '')?.[1]
  return Number(kilobytes ?? 0) * 1024
}

/** Undefined for whatever reason it can't be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
