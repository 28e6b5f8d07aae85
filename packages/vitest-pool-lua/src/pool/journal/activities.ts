/**
 * The functions of the user that run now, by the journal: bodies of tests and hooks.
 *
 *     foldActivity(activities, line)
 */
import type { TestName } from '../../protocol/finding.ts'
import type { HookName, JournalLine } from '../../protocol/journal.ts'

/** `timeout` in ms; null where it has none. */
export type Activity =
  | { readonly kind: 'body'; readonly test: string; readonly at: number; readonly timeout: number | null }
  | {
      readonly kind: 'hook'
      readonly run: number
      readonly hook: HookName
      readonly suite: string
      readonly suiteId: string
      readonly test: TestName | null
      readonly at: number
      timeout: number | null
    }

type ActivityLine = Extract<
  JournalLine,
  { type: 'body-began' | 'body-ended' | 'hook-began' | 'hook-limit' | 'hook-ended' }
>

export function foldActivity(activities: Activity[], line: ActivityLine): void {
  switch (line.type) {
    case 'body-began':
      activities.push({
        kind: 'body',
        test: line.test,
        at: line.at,
        timeout: line.timeout > 0 ? line.timeout : null,
      })
      break
    case 'body-ended':
      removeLast(activities, one => one.kind === 'body' && one.test === line.test)
      break
    case 'hook-began': {
      const { run, hook, suite, suiteId, test, at } = line
      activities.push({ kind: 'hook', run, hook, suite, suiteId, test, at, timeout: null })
      break
    }
    case 'hook-limit': {
      const hook = activities.find(ofHook(line.run))
      if (hook?.kind === 'hook') hook.timeout = line.timeout
      break
    }
    case 'hook-ended':
      removeLast(activities, ofHook(line.run))
  }
}

function ofHook(run: number): (one: Activity) => boolean {
  return one => one.kind === 'hook' && one.run === run
}

/** The last one: what began last ends first. */
export function removeLast<T>(list: T[], matches: (one: T) => boolean): void {
  const index = list.findLastIndex(matches)
  if (index !== -1) list.splice(index, 1)
}
