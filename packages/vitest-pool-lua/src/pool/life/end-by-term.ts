/**
 * SIGTERM, as Vitest's forks are ended, and SIGKILL where that does not help: a program may handle the signal and live
 * on, which is nobody's crash. One whose event loop does not turn any more is told from it by its beats.
 */
import { KILL_AFTER, hasEnded } from './child.ts'
import type { Gone, Life } from './life.ts'
import { monotonic } from '../monotonic.ts'

/** ms in which a worker that lives on gives a beat, also on a busy machine. */
const LONGEST_BEAT = 700
const LOOK_EVERY = 25
/** Of a process that SIGTERM ends, or that handles it and exits. */
const AS_TOLD = new Set<number | string | null>(['SIGTERM', 0, 143])

export async function endByTerm(life: Life): Promise<{ readonly gone: Gone; readonly asTold: boolean }> {
  const toldAt = monotonic()
  life.isEnding = true
  life.process.kill('SIGTERM')
  if (await isGoneWithin(life, KILL_AFTER)) return ended(await life.gone)
  const turns = await until(life, LONGEST_BEAT, () => life.journal.read().lastBeat > toldAt + KILL_AFTER)
  if (hasEnded(life.process)) return ended(await life.gone)
  if (!turns) {
    const silence = Math.round(monotonic() - toldAt)
    life.ended = { cause: 'blocked', overdue: undefined, silence, place: null }
  }
  life.process.kill('SIGKILL')
  return { gone: await life.gone, asTold: turns }
}

function ended(gone: Gone): { readonly gone: Gone; readonly asTold: boolean } {
  return { gone, asTold: AS_TOLD.has(gone.signal ?? gone.code) }
}

async function isGoneWithin(life: Life, ms: number): Promise<boolean> {
  await until(life, ms, () => false)
  return hasEnded(life.process)
}

/** Ends early where the process is gone. */
async function until(life: Life, ms: number, condition: () => boolean): Promise<boolean> {
  const end = monotonic() + ms
  return new Promise(resolve => {
    const look = (): void => {
      const holds = condition()
      if (!holds && !hasEnded(life.process) && monotonic() < end) return
      clearInterval(timer)
      life.process.off('exit', look)
      resolve(holds)
    }
    const timer = setInterval(look, LOOK_EVERY)
    life.process.once('exit', look)
  })
}
