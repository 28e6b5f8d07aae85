/**
 * What crosses between the main process and a worker beside Vitest's own messages.
 *
 * The boot data goes down once, as the worker's first argument; messages go up
 * over the same channel as Vitest's, told apart by their mark.
 */
import type { Settings } from './settings.ts'
import type { Spared } from './spared.ts'

/** JSON in the worker's argv. */
export interface Boot {
  /** The folder of the user's own Vitest that the worker loads (`PoolOptions.distPath`). */
  readonly distPath: string
  readonly run: string
  readonly fileCookie: string
  /** What this worker and all that it starts is branded with; null where this machine can't. */
  readonly brand: { readonly from: number; readonly to: number } | null
  /** Path of the worker's journal. */
  readonly journal: string
  readonly compileCache: boolean
  readonly settings: Settings
}

export type WorkerMessage = {
  readonly __vitest_pool_lua__: true
} & (
  | {
      /** A test asked for this process to be left alone until the run ends. */
      readonly type: 'keep'
      readonly pid: number
    }
  /** Its sweep left this process alone, until the run ends. */
  | ({ readonly type: 'spared' } & Spared)
  /** The worker cannot write its journal any more: from its silence nothing follows. */
  | { readonly type: 'journal-lost' }
)

export function isWorkerMessage(message: unknown): message is WorkerMessage {
  return typeof message === 'object' && message !== null && '__vitest_pool_lua__' in message
}

/** As Vitest knows the pool. */
export const POOL_NAME = 'vitest-pool-lua'

/** Where the run hangs on its Vitest instance. */
export const RUN_KEY: unique symbol = Symbol.for('vitest-pool-lua.run')

/** One id for each run: what globalSetup and Vite start does not carry it. */
export const RUN_COOKIE = 'VITEST_POOL_LUA_RUN'
/** One value for each worker process. */
export const FILE_COOKIE = 'VITEST_POOL_LUA_FILE'
/** 1 to maxWorkers; equals VITEST_POOL_ID. */
export const WORKER_NUMBER = 'VITEST_POOL_LUA_WORKER'
/** Set to 1 on a process that must never be swept. */
export const KEEP_COOKIE = 'VITEST_POOL_LUA_KEEP'
/** The same, as every sweep is told it. */
export const EXEMPTING = { name: KEEP_COOKIE, value: '1' } as const
/** Given to each process that a test spawns, and inherited by what that starts: the number of the spawn in its worker. */
export const SPAWN_LABEL = 'VITEST_POOL_LUA_SPAWN'
