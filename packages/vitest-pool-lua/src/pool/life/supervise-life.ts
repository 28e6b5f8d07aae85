/**
 * Ends a worker that is blocked, or has more memory than it may: by SIGKILL, because nothing else helps there, and not
 * before it was asked where it is.
 */
import { setTimeout as after } from 'node:timers/promises'
import type { Settings } from '../../protocol/settings.ts'
import { placeOfBlocked } from '../blocked/place-of-blocked.ts'
import type { Blocked, Life } from './life.ts'
import { watchLife } from './watch-life.ts'

export interface Supervision extends Pick<Settings, 'grace' | 'collectLimit' | 'workerMemory'> {
  /** ms: Vitest's. */
  readonly hookTimeout: number
}

/** @returns what ends the supervision */
export function superviseLife(life: Life, { workerMemory, ...limits }: Supervision): () => void {
  const { pid } = life.process
  if (pid === undefined) return () => {}
  let supervised = true
  const unwatch = watchLife(pid, life.journal, {
    limits,
    workerMemory,
    sampled: life.sampled,
    blocked: overdue => void endBlocked(life, { overdue, silence: limits.grace ?? 0 }, () => supervised),
    overMemory(rss) {
      life.ended = { cause: 'over-memory', rss, limit: workerMemory ?? 0 }
      life.process.kill('SIGKILL')
    },
  })
  return () => {
    supervised = false
    unwatch()
  }
}

/** ms. */
const EXIT_IS_HEARD_AFTER = 50

async function endBlocked(
  life: Life,
  blocked: Pick<Blocked, 'overdue' | 'silence'>,
  supervised: () => boolean,
): Promise<void> {
  // Of a call that it told of everything is known, and nobody could look into it.
  const isTold = life.journal.read().call !== null
  const place = isTold ? null : await placeOfBlocked(life.process, { lines: life.output.lines })
  // It may have died meanwhile: then its exit speaks for itself. Its inspector is gone before that is heard.
  if (place === null) await after(EXIT_IS_HEARD_AFTER)
  const { exitCode, signalCode } = life.process
  if (!supervised() || exitCode !== null || signalCode !== null) return
  life.ended = { cause: 'blocked', ...blocked, place }
  life.process.kill('SIGKILL')
}
