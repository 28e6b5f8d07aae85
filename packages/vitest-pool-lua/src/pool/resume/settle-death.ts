/**
 * Settles a death: Vitest is told what the dead worker could not say, and it is decided whether a fresh one goes on.
 *
 *     const resume = await settleDeath(told, journal, options)
 *     // undefined: nothing of the file is left to run
 */
import type { Resume } from '../../protocol/resume.ts'
import type { FileAccount } from '../file/file-account.ts'
import type { JournalState } from '../journal/journal-state.ts'
import type { ToldDeath } from '../death/tell-death.ts'
import { whereIs } from '../death/verdict.ts'
import type { Where } from '../death/verdict.ts'
import { testsOf } from '../file/tasks.ts'
import { importError } from './death-errors.ts'
import type { News } from './news.ts'
import { planAfter, resumeAfter, storyOf } from './plan.ts'
import type { Plan } from './plan.ts'
import { policyFor } from './policy.ts'
import type { PolicyQuestion } from './policy.ts'

export interface SettlingOptions {
  readonly account: FileAccount
  readonly settings: PolicyQuestion['settings']
  /** Whether the run is being cancelled. */
  isCancelled(this: void): boolean
  /** Whether the tests that have failed are as many as Vitest's `bail` allows. */
  isBailReached(): boolean
  /** Cancels the run for that. */
  bail(): void
  tell(news: News): Promise<void>
}

export async function settleDeath(
  { death, story }: ToldDeath,
  journal: JournalState,
  options: SettlingOptions,
): Promise<Resume | undefined> {
  const { account } = options
  const where = whereIs(journal)
  const { file } = account.told
  if (file === undefined) {
    account.errors.push(importError(story, where))
    return undefined
  }
  const situation = { file, where, story }
  const follow = async (at: Where): Promise<Plan> => {
    const policy = policyFor(question(options, death.words, at))
    const plan = planAfter({ ...situation, where: at, known: account.known(journal), policy })
    await options.tell(account.follow(plan, file, journal))
    return plan
  }

  const plan = await follow(where)
  // The death is a failed test: it may be one too many.
  if (options.isBailReached()) options.bail()
  const snapshots = account.keepSnapshots(journal)
  if (options.isCancelled()) {
    if (plan.goesOn) await follow({ in: 'after-file' })
    return undefined
  }
  // Snapshots are written by a worker that ends the file, also where it has no tests left to run.
  const isToBeEnded = plan.goesOn || (snapshots.length > 0 && where.in === 'tests')
  if (!isToBeEnded) return undefined
  account.after = storyOf(situation)
  const tests = testsOf(file).map(({ id, name }) => [id, name] as const)
  return resumeAfter(account.known(journal), account.after, { tests, elapsed: account.elapsed(), snapshots })
}

function question(
  { account, settings, isCancelled }: SettlingOptions,
  words: string,
  where: Where,
): PolicyQuestion {
  return { settings, deaths: account.deaths.length, where, words, cancelled: isCancelled() }
}
