/** The errors of tests, suites and files that a death has failed, as Vitest shows errors. */
import type { Death, MemorySample } from '../../protocol/death.ts'
import type { TestName } from '../../protocol/finding.ts'
import { megabytes } from '../../protocol/megabytes.ts'
import { ranInFreshWorker } from '../../protocol/resume.ts'
import type { TaskError, TaskResult } from '../../protocol/task-result.ts'
import type { Where } from '../death/verdict.ts'

/** A death with what is known of it beside. */
export interface DeathStory {
  readonly death: Death
  /** More lines for the message: what it did when it was blocked, which tests grew. */
  readonly more: readonly string[]
  /** Frames as in `Error.stack`, without a first line; empty where nothing is known. */
  readonly frames: string
  /** Of concurrent tests the one that it was; null where nobody can say. */
  readonly culprit: TestName | null
  /** When a test began, and how long it took. */
  timing(test: string): Pick<TaskResult, 'duration'> & { readonly startTime?: number }
}

/**
 * Of a test that was running.
 *
 * @param others that ran beside it
 * @param after the death after which this worker was a fresh one; null for the first worker
 */
export function testError(story: DeathStory, others: readonly TestName[], after: string | null): TaskError {
  const names = others.map(({ fullName }) => `"${fullName}"`).join(', ')
  return deathError(story, [
    ...(others.length === 0 ? [] : [`Beside it ran ${names}${whoseDeath(story, others)}.`]),
    ...(after === null ? [] : [ranInFreshWorker(after)]),
  ])
}

/** Where no test and no hook was running. */
export function fileError(story: DeathStory): TaskError {
  return deathError(story, [])
}

function whoseDeath({ culprit, frames }: DeathStory, others: readonly TestName[]): string {
  if (culprit === null) return frames === '' ? ': which of them it was, nobody can say' : ''
  return others.some(({ id }) => id === culprit.id)
    ? `: it was "${culprit.fullName}"`
    : ', but it was this test'
}

export function hookError(story: DeathStory): TaskError {
  return deathError(story, [])
}

/** Of a file whose tests are not known. */
export function importError(story: DeathStory, where: Where): TaskError {
  const module = where.in === 'collecting' ? where.module : null
  return deathError(story, module === null ? [] : [`It was importing ${module}.`])
}

function deathError({ death, more, frames }: DeathStory, extra: readonly string[]): TaskError {
  const message = [sentence(death), ...more, ...extra, ...memoryLine(death.memory)].join('\n')
  return taskError('WorkerDeath', message, frames)
}

function sentence({ words, hook }: Death): string {
  if (hook === null) return `The worker ${words}.`
  const of = hook.suite === '' ? 'of the file' : `of "${hook.suite}"`
  return `The worker ${words}, in the ${hook.name} hook ${of}.`
}

function memoryLine(memory: readonly MemorySample[]): string[] {
  const [first, last] = [memory[0], memory.at(-1)]
  if (first === undefined || last === undefined || memory.length < 2) return []
  const peak = Math.max(...memory.map(({ rss }) => rss))
  return [
    `Its memory: ${megabytes(first.rss)} at first, ${megabytes(peak)} at most, ${megabytes(last.rss)} at last.`,
  ]
}

/** Errors of tests that could not be run any more. */
export const lostError = {
  because: (reason: string): TaskError => taskError('TestLost', `This test was not run: ${reason}`, ''),
  inBlock: (block: string, { death }: DeathStory): TaskError =>
    taskError(
      'TestLost',
      `This test was not run: it stands in "${block}", whose tests are to run in order, and in whose middle the worker ${death.words}. Such a block is not resumed: its next test may count on what the earlier ones did.`,
      '',
    ),
}

function taskError(name: string, message: string, frames: string): TaskError {
  const stack = [`${name}: ${message}`, ...(frames === '' ? [] : [frames])].join('\n')
  return { name, message, stack }
}
