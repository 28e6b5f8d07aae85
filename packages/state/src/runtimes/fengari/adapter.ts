/** The adapter of fengari: what `open-lua.ts` loads. */
import type { Adapter } from '../../machine/adapter.ts'
import { capabilities, version } from './capabilities.ts'
import { FengariMachine } from './machine.ts'
import { patchStringKeys } from './string-keys.ts'

patchStringKeys()

export const adapter: Adapter = {
  runtime: 'fengari',
  version,
  capabilities,
  open: (options, host) => new FengariMachine(options, host),
}
