/**
 * Ends a worker that is blocked, or has more memory than it may: by SIGKILL, because nothing else helps there, and not
 * before it was asked where it is.
 */
import { setTimeout as after } from 'node:timers/promises'
import type { BlockedPlace } from '../../protocol/blocked-place.ts'
import type { Settings } from '../../protocol/settings.ts'
import { placeOfBlocked } from '../blocked/place-of-blocked.ts'
import type { Limit } from '../journal/deadline.ts'
import { hasEnded } from './child.ts'
import type { Life } from './life.ts'
import { watchLife } from './watch-life.ts'

export interface Supervision extends Pick<Settings, 'grace' | 'collectLimit' | 'workerMemory'> {
  /** ms: Vitest's. */
  readonly hookTimeout: number
}

/** @returns what ends the supervision */
export function superviseLife(life: Life, supervision: Supervision): () => void {
  const { workerMemory, ...limits } = supervision
  const { pid } = life.process
  if (pid === undefined) return () => {}
  let supervised = true
  const watch = (): (() => void) =>
    watchLife(pid, life.journal, {
      limits,
      workerMemory,
      sampled: life.sampled,
      blocked: overdue => void endBlocked(overdue),
      overMemory(rss) {
        life.ended = { cause: 'over-memory', rss, limit: workerMemory ?? 0 }
        life.process.kill('SIGKILL')
      },
    })
  let unwatch = watch()

  const endBlocked = async (overdue: Limit | undefined): Promise<void> => {
    const { lastSign } = life.journal.read()
    const place = await askForPlace(life)
    // Where it has died meanwhile, its exit speaks for itself.
    if (!supervised || hasEnded(life.process)) return
    if (life.journal.read().lastSign > lastSign) {
      // It went on while it was asked: a limit inside of it has ended what blocked it.
      unwatch = watch()
      return
    }
    life.ended = { cause: 'blocked', overdue, silence: limits.grace ?? 0, place }
    life.process.kill('SIGKILL')
  }
  return () => {
    supervised = false
    unwatch()
  }
}

/** ms. */
const EXIT_IS_HEARD_AFTER = 50

async function askForPlace(life: Life): Promise<BlockedPlace | null> {
  // Of a call that it told of everything is known, and nobody could look into it.
  if (life.journal.read().call !== null) return null
  const place = await placeOfBlocked(life.process, { lines: life.output.lines })
  // It may have died meanwhile: its inspector is gone before that is heard.
  if (place === null) await after(EXIT_IS_HEARD_AFTER)
  return place
}
