/** Every suite by its name: `npm run bench -- <name>`. */
import { poolSuite } from './pool/suite.ts'
import { stateSuite } from './state/suite.ts'
import type { Suite } from './suite.ts'

export const suites: ReadonlyMap<string, Suite> = new Map([
  ['state', stateSuite],
  ['pool', poolSuite],
])
