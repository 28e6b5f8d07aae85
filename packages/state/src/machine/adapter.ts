/** A runtime, loaded and ready to open states synchronously. */
import type { Capabilities } from '../capabilities.ts'
import type { CheckedOptions } from '../options.ts'
import type { RuntimeName } from '../runtime-names.ts'
import type { Host, Machine } from './machine.ts'

export interface Adapter {
  readonly runtime: RuntimeName
  readonly version: string
  readonly capabilities: Capabilities
  open(options: CheckedOptions, host: Host): Machine
}
