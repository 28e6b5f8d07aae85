/** All branches of one call, behind a door of their own: who never calls `branches` does not load tinypool. */
import { runBranch } from './branch.ts'
import { inParallel } from './in-parallel.ts'
import { checkBranches, type BranchOptions } from './options.ts'
import { resultOf, type BranchResult } from './result.ts'
import type { BranchTask } from './messages.ts'

export async function runBranches(
  n: number,
  options: BranchOptions,
  callerLines: () => readonly string[],
): Promise<BranchResult[]> {
  const { tasks, concurrency, signal } = checkBranches(n, options)
  return inParallel(tasks.length, concurrency, signal, async (index, aborted) => {
    const task = tasks[index] as BranchTask
    const { deadline, maxMemory } = task
    return resultOf(await runBranch(task, aborted), { index, deadline, maxMemory, callerLines })
  })
}
