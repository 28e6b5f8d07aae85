import type { BranchResult } from '../../src/index.ts'

/** Why the branch of this index was rejected; throws where it was not. */
export function reasonAt(results: readonly BranchResult[], index: number): Error {
  const result = results[index]
  if (result?.status === 'rejected') return result.reason
  throw new Error(`Branch ${index} was not rejected: ${JSON.stringify(result)}`)
}
