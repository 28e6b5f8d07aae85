/** What the tier `tree` asks of a platform, and which twin answers. */
import type { Member } from './finder.ts'
import { posixInspector } from './posix.ts'
import { windowsInspector } from './windows.ts'

/** What a process shows of itself. */
export type Inspected = Omit<Member, 'found' | 'exempting'>

export interface Inspector {
  /** Throws a `SweepError` where a program that is needed for it is missing. */
  checkTools(): void
  /** Those of the processes that live; a zombie does not. */
  inspect(pids: readonly number[]): Promise<readonly Inspected[]>
  /** In seconds since 1970; 0 if it can't be learnt without waiting; undefined if none such lives. */
  startTimeOf(pid: number): number | undefined
}

export function chooseInspector(): Inspector {
  return process.platform === 'win32' ? windowsInspector : posixInspector
}
