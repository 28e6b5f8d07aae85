/** What the tier `tree` asks of a platform. */
import type { Member } from './finder.ts'

/** What a process shows of itself. */
export interface Inspected extends Omit<Member, 'found' | 'exempting'> {
  /** Not on Windows, which has none. */
  readonly group?: number
}

export interface Inspector {
  /** Throws a `SweepError` where a program that is needed for it is missing. */
  checkTools(): void
  /** Those of the processes that live; a zombie does not. */
  inspect(pids: readonly number[]): Promise<readonly Inspected[]>
  /** The pids of all that are in these process groups. */
  inGroups(groups: ReadonlySet<number>): Promise<readonly number[]>
  /** In seconds since 1970; 0 if it can't be learnt without waiting; undefined if none such lives. */
  startTimeOf(pid: number): number | undefined
}
