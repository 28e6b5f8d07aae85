/**
 * From what the journal and the exit say to how a worker died, and whom it concerns. Pure: the same death gives the
 * same verdict each time.
 */
import type { Death, MemorySample, Verdict } from '../../protocol/death.ts'
import type { Place, TestName } from '../../protocol/finding.ts'
import type { Activity } from '../journal/activities.ts'
import type { JournalState } from '../journal/journal-state.ts'

/** Where a worker was. */
export type Where =
  | { readonly in: 'booting' }
  | { readonly in: 'collecting'; readonly module: string | null }
  | { readonly in: 'tests'; readonly tests: readonly TestName[]; readonly hook: Hook | null }
  | { readonly in: 'suite-hook'; readonly hook: Hook }
  /** No test ran, and some were still to come. */
  | { readonly in: 'between' }
  | { readonly in: 'after-file' }

type Hook = Extract<Activity, { kind: 'hook' }>

/** Why the process ended: by itself, or because the pool ended it. */
export type Cause = 'itself' | 'blocked' | 'over-memory'

export function whereIs(state: JournalState): Where {
  switch (state.phase) {
    case 'booting':
      return { in: 'booting' }
    case 'collecting':
      return { in: 'collecting', module: state.importing.at(-1) ?? null }
    case 'running':
      return whereInRun(state)
    case 'closing':
    case 'closed':
      return { in: 'after-file' }
  }
}

function whereInRun({ activities, running }: JournalState): Where {
  const last = activities.at(-1)
  const hook = last?.kind === 'hook' ? last : null
  const tests = [...running.values()].map(({ test }) => test)
  if (tests.length > 0) return { in: 'tests', tests, hook: hook?.test ? hook : null }
  return hook === null ? { in: 'between' } : { in: 'suite-hook', hook }
}

export interface Ended {
  readonly cause: Cause
  readonly signal: string | null
  readonly code: number | null
  readonly words: string
  readonly at: Place | null
  readonly memory: readonly MemorySample[]
  /** Of several tests the one that really ran, where the worker could say so. */
  readonly culprit: TestName | null
}

export function deathOf(state: JournalState, { cause, culprit, ...told }: Ended): Death {
  const where = whereIs(state)
  const tests = where.in === 'tests' ? where.tests : []
  const hook = hookAt(where, culprit)
  const known = culprit ?? hook?.test
  const test = tests.find(({ id }) => id === known?.id) ?? tests[0] ?? null
  return {
    verdict: cause === 'itself' || where.in === 'after-file' ? verdictAt(where) : cause,
    test,
    others: tests.filter(one => one !== test),
    hook: hook === null ? null : { name: hook.hook, suite: hook.suite },
    ...told,
  }
}

/** Where it is known which test it was, the hook of another one has no part in it. */
function hookAt(where: Where, culprit: TestName | null): Hook | null {
  if (where.in !== 'tests' && where.in !== 'suite-hook') return null
  const { hook } = where
  return culprit === null || hook?.test === null || hook?.test.id === culprit.id ? hook : null
}

function verdictAt(where: Where): Verdict {
  switch (where.in) {
    case 'booting':
    case 'collecting':
      return 'died-while-collecting'
    case 'tests':
      return where.hook === null ? 'died-in-test' : 'died-in-hook'
    case 'suite-hook':
      return 'died-in-hook'
    case 'between':
      return 'died-in-test'
    case 'after-file':
      return 'died-after-file'
  }
}
