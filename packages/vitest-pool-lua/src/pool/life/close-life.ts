/**
 * The end of a worker whose file is finished: it is asked to stop, then ended, and nothing that it does then can hold
 * up the run, or stay unknown.
 *
 * It may take its time (Vitest's `teardownTimeout`) as long as it gives signs of life; one that gives none is asked
 * where it is and killed, 1.5 s after the last one.
 * Vitest's own pool asks and ends in the same way, but listens to no exit by then.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/node/pools/poolRunner.ts
 */
import { placeOfBlocked } from '../blocked/place-of-blocked.ts'
import { hasEnded } from './child.ts'
import { endByTerm } from './end-by-term.ts'
import type { Gone, Life } from './life.ts'
import { monotonic } from '../monotonic.ts'

export interface Closed {
  readonly gone: Gone
  /** The worker's answer, which may tell of an error of its teardown. */
  readonly stopped: unknown
  /** It ended as it was told to. */
  readonly asTold: boolean
}

/** ms. */
const LONGEST_SILENCE = 1_200
const LONGEST_LOOK = 300
const LOOK_EVERY = 50

export async function closeLife(life: Life, teardownTimeout: number): Promise<Closed> {
  const stop = await waitForStop(life, teardownTimeout)
  if (stop.state === 'gone') return { gone: await life.gone, stopped: undefined, asTold: false }
  if (stop.state === 'silent') return endSilent(life)
  return { ...(await endByTerm(life)), stopped: stop.answer }
}

async function endSilent(life: Life): Promise<Closed> {
  const place = await placeOfBlocked(life.process, { lines: life.output.lines, limit: LONGEST_LOOK })
  // It may have died meanwhile: then its exit speaks for itself.
  if (!hasEnded(life.process)) {
    life.ended = { ...SILENT, silence: LONGEST_SILENCE, place }
    life.process.kill('SIGKILL')
  }
  return { gone: await life.gone, stopped: undefined, asTold: false }
}

const SILENT = { cause: 'blocked', overdue: undefined } as const

type Stop =
  | { readonly state: 'stopped'; readonly answer: unknown }
  | { readonly state: 'gone' }
  | { readonly state: 'silent' }
  | { readonly state: 'late'; readonly answer?: undefined }

async function waitForStop(life: Life, teardownTimeout: number): Promise<Stop> {
  const began = monotonic()
  let timer: NodeJS.Timeout | undefined
  let hear: ((message: unknown) => void) | undefined
  const stop = await new Promise<Stop>(resolve => {
    hear = message => isAnswerToStop(message) && resolve({ state: 'stopped', answer: message })
    life.process.on('message', hear)
    void life.gone.then(() => resolve({ state: 'gone' }))
    timer = setInterval(() => {
      const now = monotonic()
      const { lastSign, inspector } = life.journal.read()
      if (inspector) return
      if (now - Math.max(lastSign, began) > LONGEST_SILENCE) resolve({ state: 'silent' })
      else if (now - began > teardownTimeout) resolve({ state: 'late' })
    }, LOOK_EVERY)
    life.send({ type: 'stop', __vitest_worker_request__: true })
  })
  clearInterval(timer)
  if (hear !== undefined) life.process.off('message', hear)
  return stop
}

function isAnswerToStop(message: unknown): boolean {
  return (message as { type?: unknown }).type === 'stopped'
}
