/** What is done with the rest of a file after a death. */
import type { Settings } from '../../protocol/settings.ts'
import type { Where } from '../death/verdict.ts'
import type { Policy } from './plan.ts'

export interface PolicyQuestion {
  readonly settings: Pick<Settings, 'afterDeath' | 'maxWorkerRestarts'>
  /** Of this file, this one included. */
  readonly deaths: number
  readonly where: Where
  /** How the last worker died, as a sentence has it after "the worker". */
  readonly words: string
  /** The run has been cancelled: by a signal, or by `bail`. */
  readonly cancelled: boolean
}

export function policyFor({ settings, deaths, where, words, cancelled }: PolicyQuestion): Policy {
  const { afterDeath, maxWorkerRestarts } = settings
  if (cancelled) return { rest: 'skipped', reason: 'The test run was aborted by the user.' }
  if (afterDeath === 'skip') {
    return { rest: 'skipped', reason: `The worker of this file ${words}, and afterDeath is 'skip'.` }
  }
  if (where.in === 'booting' || where.in === 'collecting') {
    return {
      rest: 'lost',
      reason: `the fresh worker of this file ${words} while it imported the file again.`,
    }
  }
  if (deaths > maxWorkerRestarts) return { rest: 'lost', reason: usedUp(deaths, maxWorkerRestarts, words) }
  return { rest: 'resume' }
}

function usedUp(deaths: number, allowed: number, words: string): string {
  const times = deaths === 1 ? 'once' : `${deaths} times`
  const last = deaths === 1 ? 'it' : 'the last one'
  return `the worker of this file died ${times} (maxWorkerRestarts is ${allowed}); ${last} ${words}.`
}
