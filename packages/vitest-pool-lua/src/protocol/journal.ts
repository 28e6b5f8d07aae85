/**
 * The journal: what a worker writes synchronously as it goes, one line of JSON for each entry, so that after any
 * death the main process knows where it was.
 *
 *     {"at":81235.108,"type":"test-began","test":{"id":"12_0","fullName":"adds"},"rss":61000000}
 *     {"at":81235.301,"type":"body-began","test":"12_0","timeout":5000}
 *
 * `at` is in ms, of a clock that all processes of a machine share (`process.hrtime`); `rss` in bytes.
 */
import type { TestName } from './finding.ts'
import type { AddedSnapshot } from './resume.ts'
import type { Spawn } from './spawn.ts'
import type { TaskResult } from './task-result.ts'

export type HookName = 'beforeAll' | 'afterAll' | 'beforeEach' | 'afterEach' | 'aroundAll' | 'aroundEach'

export type JournalEntry =
  | { readonly type: 'began'; readonly pid: number; readonly rss: number }
  | { readonly type: 'collecting' }
  /** A module of the file's graph is evaluated: those that it imports were before. */
  | { readonly type: 'import-began'; readonly module: string }
  | { readonly type: 'import-ended'; readonly module: string }
  /** `sequential`: the ids of suites that ask to be run in order. */
  | { readonly type: 'collected'; readonly sequential: readonly string[]; readonly rss: number }
  | { readonly type: 'test-began'; readonly test: TestName; readonly rss: number }
  /** Both count from 0, as Vitest counts them. */
  | {
      readonly type: 'attempt-began'
      readonly test: string
      readonly retry: number
      readonly repeat: number
    }
  /** The test's own function runs. `timeout` in ms; 0 is none. */
  | { readonly type: 'body-began'; readonly test: string; readonly timeout: number }
  | { readonly type: 'body-ended'; readonly test: string }
  /** `run` numbers the hooks of this worker as they are called. `suite` is its suite's full name, '' for the file. */
  | {
      readonly type: 'hook-began'
      readonly run: number
      readonly hook: HookName
      readonly suite: string
      readonly suiteId: string
      readonly test: TestName | null
    }
  /** The hook that has just begun has this limit, in ms; without this entry it has none. */
  | { readonly type: 'hook-limit'; readonly run: number; readonly timeout: number }
  | { readonly type: 'hook-ended'; readonly run: number }
  | {
      readonly type: 'test-ended'
      readonly test: string
      readonly result: TaskResult
      readonly meta: object
      readonly rss: number
    }
  | { readonly type: 'suite-ended'; readonly suite: string; readonly result: TaskResult }
  /** Lua files that no entry before named: absolute paths. */
  | { readonly type: 'lua-loaded'; readonly files: readonly string[] }
  /** The file's last hook is over: the guards close. */
  | { readonly type: 'closing'; readonly rss: number }
  /** `result` and `meta` of the file as Vitest is about to be told them. */
  | { readonly type: 'closed'; readonly result: TaskResult; readonly meta: object }
  /** The event loop turns. `inspector`: somebody may stop this process in a debugger. */
  | { readonly type: 'beat'; readonly inspector: boolean }
  | { readonly type: 'printed'; readonly stream: 'stdout' | 'stderr'; readonly text: string }
  | { readonly type: 'snapshot-added'; readonly snapshot: AddedSnapshot }
  | { readonly type: 'spawned'; readonly spawn: Spawn }
  /** A call that blocks the event loop and that nobody can look into, like `Atomics.wait`. */
  | { readonly type: 'call-began'; readonly call: string; readonly stack: string }
  | { readonly type: 'call-ended' }
  /** A call that ends this process, like `process.exit(3)`. */
  | { readonly type: 'ending'; readonly call: string; readonly stack: string }
  /** Written by a thread of the state package: a call into Lua goes on although its limit is over. */
  | { readonly type: 'stuck-in-lua'; readonly runtime: string; readonly frames: readonly LuaFrame[] }

/** Innermost first. `line` counts from 1; 0 where it is not known. */
export interface LuaFrame {
  readonly chunk: string
  readonly line: number
  readonly name: string | null
}

/** As it stands in the file. */
export type JournalLine = JournalEntry & { readonly at: number }
