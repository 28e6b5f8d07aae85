/** What the tier `tree` asks of a platform. */
import type { Member } from './finder.ts'

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
