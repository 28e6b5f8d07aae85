/**
 * Settles a file whose worker lives, and says that its run failed: something in a result cannot be sent, say, or a fresh
 * worker found other tests than the first one. What had ended is told from the journal; what had not can't run any more.
 */
import type { FileAccount } from '../file/file-account.ts'
import type { JournalState } from '../journal/journal-state.ts'
import type { DeathStory } from './death-errors.ts'
import type { News } from './news.ts'
import { planAfter } from './plan.ts'

/** @param finished the worker's last message; it has an error where the run failed */
export function newsOfEnd(finished: unknown, journal: JournalState, account: FileAccount): readonly News[] {
  const { error } = finished as { readonly error?: { readonly message?: string } }
  if (error === undefined) return []
  return newsOfFailedRun(`its worker could not run the file to its end: ${error.message}`, journal, account)
}

function newsOfFailedRun(reason: string, journal: JournalState, account: FileAccount): readonly News[] {
  const { file, fileId } = account.told
  if (file === undefined || fileId === undefined || account.told.suites.has(fileId)) return []
  const plan = planAfter({
    file,
    where: { in: 'after-file' },
    known: account.known(journal),
    policy: { rest: 'lost', reason },
    story: storyOf(reason),
  })
  return [account.follow(plan, file, journal), account.end(fileId, journal.closed)]
}

/** Nobody has died: only the words are needed. */
function storyOf(words: string): DeathStory {
  const nobody = { test: null, others: [], hook: null, signal: null, code: null, at: null, memory: [] }
  return {
    death: { ...nobody, verdict: 'died-in-test', words },
    more: [],
    frames: '',
    culprit: null,
    timing: () => ({}),
  }
}
