/**
 * Parallel branches: the same Lua run n times over, each in a fresh state in a process of its own.
 *
 *     const results = await branches(4, {
 *       runtime: 'luajit',
 *       packagePath: ['lua/?.lua'],
 *       chunk: "local seed = ... return require('search').run(seed)",
 *       args: index => [index],
 *       deadline: 2_000,
 *     })
 *     // [{ status: 'fulfilled', value: ... }, { status: 'rejected', reason: LuaTimeoutError }, ...]
 *
 * A branch that fails, hangs, crashes or eats memory rejects its own result and no other's. When the call returns or
 * throws, nothing of it is left.
 */
import type { BranchOptions } from './branches/options.ts'
import type { BranchResult } from './branches/result.ts'
import { hideOwnFrames } from './stack.ts'

export type { BranchOptions } from './branches/options.ts'
export type { BranchResult } from './branches/result.ts'

/**
 * In order. Throws `LuaStateError` for wrong options, and the signal's reason when it is aborted.
 * @param n how many branches, from 1
 */
export async function branches(n: number, options: BranchOptions): Promise<BranchResult[]> {
  const here = new Error('here')
  const { runBranches } = await import('./branches/run-branches.ts')
  return runBranches(n, options, () => linesOf(here))
}

/** Read when a branch was rejected: stacks cost a hundred times as much to read as to take. */
function linesOf(here: Error): string[] {
  hideOwnFrames(here)
  return (here.stack ?? '').split('\n').filter(line => /^\s+at /.test(line))
}
