/** What the two sides of a branch say to each other: plain data, so that it can go to another process. */
import type { LuaOptions } from '../options.ts'
import type { RuntimeName } from '../runtime-names.ts'
import type { ErrorData } from './error-data.ts'
import type { Parcel } from './parcel.ts'

export type BranchBody =
  | { kind: 'chunk'; source: string | Uint8Array }
  /** What `require(name)` gives is called. */
  | { kind: 'module'; name: string }

/** What a worker is to do. */
export interface BranchTask {
  readonly runtime: RuntimeName
  /** But for `maxMemory`, which not every runtime has. */
  readonly options: LuaOptions
  readonly body: BranchBody
  /** An array. */
  readonly args: Parcel
  /** In ms. */
  readonly deadline: number | undefined
  /** In bytes. */
  readonly maxMemory: number | undefined
  /** The process without which the worker must not go on. */
  readonly parent: number
}

/** The worker has opened its state, and Lua runs from now on. */
export interface Started {
  readonly kind: 'started'
  /** The worker's resident memory, in bytes. */
  readonly rss: number
  /** The state ends itself at the deadline, where it can, and then says where it was. */
  readonly endsItself: boolean
  /** The state keeps to `maxMemory` by itself, as far as it counts. */
  readonly keepsMemory: boolean
}

export type Outcome = { kind: 'fulfilled'; value: Parcel } | { kind: 'rejected'; error: ErrorData }

export function isStarted(message: unknown): message is Started {
  return typeof message === 'object' && message !== null && Reflect.get(message, 'kind') === 'started'
}
