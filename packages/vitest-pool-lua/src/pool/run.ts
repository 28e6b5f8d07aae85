/**
 * What the workers of one Vitest instance share: the run's id, who is still
 * alive, and what was asked to be kept.
 *
 * It hangs on the Vitest instance, so that all projects of one instance, and
 * its restarts in watch mode, have the same.
 */
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSweeper } from '@vitest-pool-lua/sweep'
import type { Sweeper } from '@vitest-pool-lua/sweep'
import type { Finding } from '../protocol/finding.ts'
import { EXEMPTING, RUN_COOKIE, RUN_KEY } from '../protocol/message.ts'
import type { Vitest } from './upstream.ts'

export interface Run {
  /** The value of VITEST_POOL_LUA_RUN. */
  readonly id: string
  /** Remembers which of the machine's processes do not belong to the run, so that each sweep is cheap. */
  readonly sweeper: Sweeper
  /** What was found after a file's worker had told its own findings, by `fileKey`. */
  readonly late: Map<string, Finding[]>
  /** Of each project by its name, for files whose worker died before it could tell. */
  readonly runtimes: Map<string, string>
  /** Pids that tests asked to keep until the run ends. */
  readonly kept: Set<number>
  /** The value of the next worker's file cookie. */
  nextFileCookie(): string
  /** Path of the journal of the worker with this file cookie. */
  journalOf(fileCookie: string): string
  /** Holds back `quiet` until the promise settles. */
  busy(work: Promise<unknown>): void
  /** Settles when no worker is starting, running or ending. */
  quiet(): Promise<void>
  /** Removes the journals. */
  close(): void
}

export function runOf(vitest: Vitest): Run {
  const found = Reflect.get(vitest, RUN_KEY) as Run | undefined
  if (found !== undefined) return found
  const run = createRun()
  Reflect.set(vitest, RUN_KEY, run)
  return run
}

function createRun(): Run {
  const id = randomUUID()
  const working = new Set<Promise<unknown>>()
  const forget = async (work: Promise<unknown>): Promise<void> => {
    await Promise.allSettled([work])
    working.delete(work)
  }
  let files = 0
  let folder: string | undefined
  const journals = (): string => (folder ??= mkdtempSync(join(tmpdir(), 'vitest-pool-lua-')))
  return {
    id,
    sweeper: createSweeper({ cookie: { name: RUN_COOKIE, value: id } }, { exempting: EXEMPTING }),
    late: new Map(),
    runtimes: new Map(),
    kept: new Set(),
    nextFileCookie: () => `${id}.${(files += 1)}`,
    journalOf: fileCookie => join(journals(), fileCookie),
    busy(work) {
      working.add(work)
      void forget(work)
    },
    async quiet() {
      while (working.size > 0) await Promise.allSettled(working)
    },
    close() {
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
      folder = undefined
    },
  }
}
