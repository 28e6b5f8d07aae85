/**
 * How a worker died, from everything that is known of it: its exit, its journal and last words, and what was seen of it
 * from outside.
 */
import type { BlockedPlace } from '../protocol/blocked-place.ts'
import type { Death } from '../protocol/death.ts'
import type { Place, TestName } from '../protocol/finding.ts'
import { relativeTo } from '../relative-to.ts'
import { blockedWords } from './blocked/blocked-words.ts'
import { whereabouts } from './blocked/whereabouts.ts'
import type { Known } from './blocked/whereabouts.ts'
import { exitWords } from './exit-words.ts'
import type { JournalState } from './journal/journal-state.ts'
import type { Gone, Life } from './life.ts'
import { growthByTest } from './memory/growth-by-test.ts'
import { overMemoryWords } from './memory/over-memory-words.ts'
import { storyFrom } from './resume/story.ts'
import type { DeathStory } from './resume/death-errors.ts'
import { deathOf } from './verdict.ts'

export interface ToldDeath {
  readonly death: Death
  readonly story: DeathStory
}

/** @param root of the run, to which the place is relative */
export function tellDeath(life: Life, gone: Gone, root: string): ToldDeath {
  const journal = life.journal.read()
  const told = wordsOf(life, gone)
  const { signal, code } = gone
  const cause = life.ended?.cause ?? 'itself'
  for (const { at, rss } of journal.memory) life.memory.add({ ms: Math.round(at - journal.began), rss })
  const memory = life.memory.samples()
  const at = told.at && { ...told.at, file: relativeTo(root, told.at.file) }
  const death = deathOf(journal, {
    cause,
    signal,
    code,
    words: told.words,
    at,
    memory,
    culprit: told.culprit,
  })
  return { death, story: storyFrom(death, journal, told) }
}

interface Told {
  readonly words: string
  readonly more: readonly string[]
  readonly frames: string
  readonly at: Place | null
  readonly culprit: TestName | null
}

function wordsOf({ ended, journal, memory }: Life, { signal, code, stderr, oomKills }: Gone): Told {
  const { state } = journal
  switch (ended?.cause) {
    case 'blocked': {
      const { words, frames, at } = whereabouts(knownOf(ended.place, state))
      const culprit = ended.place?.test ?? null
      return {
        words: blockedWords(ended, state.phase),
        more: [words],
        frames: frames.join('\n'),
        at,
        culprit,
      }
    }
    case 'over-memory': {
      const last = memory.samples().at(-1)?.rss
      const ids = new Set(state.running.keys())
      const running = growthByTest(state.memory, last).filter(({ test }) => ids.has(test.id))
      return { ...NOTHING_MORE, words: overMemoryWords({ ...ended, running }) }
    }
    case undefined: {
      if (state.ending !== null) {
        const { frames, at } = whereabouts({ kind: 'ending', ...state.ending })
        const words = `ended itself by ${state.ending.call}`
        return { ...NOTHING_MORE, words, frames: frames.join('\n'), at }
      }
      const facts = { signal, code, stderrTail: stderr, oomKills, platform: process.platform }
      return { ...NOTHING_MORE, words: exitWords(facts).words }
    }
  }
}

const NOTHING_MORE = { more: [], frames: '', at: null, culprit: null } as const

function knownOf(place: BlockedPlace | null, { call, stuckInLua }: JournalState): Known {
  if (place !== null) return { kind: 'place', place }
  if (call !== null) return { kind: 'call', ...call }
  return stuckInLua === null ? { kind: 'nothing' } : { kind: 'stuck', lua: stuckInLua }
}
