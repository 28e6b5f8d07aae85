/** The finding `teardown-crash`: a worker that died when all of its file's tests and hooks were over. */
import type { Death } from '../../protocol/death.ts'
import type { TeardownCrash } from '../../protocol/finding.ts'

/** One finding or none: every other death has a test, a hook or a file that fails. */
export function teardownCrash({ verdict, signal, code, words, at }: Death): TeardownCrash[] {
  if (verdict !== 'died-after-file') return []
  const text = `its worker ${words}, after the file's last hook`
  return [{ kind: 'teardown-crash', signal, code, test: null, at, text }]
}
