/** What each signal that ends a process says of its cause. */

const MEANINGS: Readonly<Record<string, string>> = {
  SIGSEGV: 'a segmentation fault: native code touched memory that is not its own, or its stack was used up',
  SIGBUS: 'a bus error: native code touched memory that is not there or not aligned',
  SIGILL: 'an illegal instruction: native code ran into what is no code, or stopped itself at a failed check',
  SIGFPE: 'an arithmetic error in native code, such as a division of integers by zero',
  SIGTRAP: 'native code stopped itself at a failed check',
  SIGSYS: 'a system call that this machine forbids',
  SIGABRT: 'an abort: native code, Node.js or process.abort() gave up',
  SIGTERM: 'it was asked to end, from outside or by a test',
  SIGINT: 'an interruption, like Ctrl+C',
  SIGHUP: 'its terminal was closed',
  SIGXCPU: 'its limit of processor time',
}

/** What 128 and more stands for. The same numbers on Linux and macOS. */
const NUMBERS: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
}

/** Signals of which the last words on stderr can be the reason: nobody gets to say anything before a SIGKILL. */
const GAVE_UP: ReadonlySet<string> = new Set(['SIGABRT', 'SIGTRAP', 'SIGILL'])

/** The signal behind an exit code. On Windows only an abort has one. */
export function signalOf(code: number, platform: NodeJS.Platform): string | undefined {
  if (platform === 'win32' && code !== 134) return undefined
  return NUMBERS[code - 128]
}

/** @param said what it said before it ended, in words */
export function signalWords(
  signal: string,
  what: string,
  said: string | undefined,
  oomKills: number | null,
): string {
  if (signal === 'SIGKILL') return `${what} (${killer(oomKills)})`
  const meaning = (GAVE_UP.has(signal) ? said : undefined) ?? MEANINGS[signal]
  return meaning === undefined ? what : `${what} (${meaning})`
}

function killer(oomKills: number | null): string {
  if (oomKills === null) return 'by somebody outside, or by the kernel where memory ran out'
  if (oomKills === 0) return "by somebody outside: it was not the kernel's OOM killer"
  return "the kernel's OOM killer: the machine or its container had no memory left"
}
