/**
 * How a worker died, from everything that is known of it: its exit, its journal and last words, and what was seen of it
 * from outside.
 */
import type { Death } from '../protocol/death.ts'
import { exitWords } from './exit-words.ts'
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

export function tellDeath(life: Life, gone: Gone): ToldDeath {
  const journal = life.journal.read()
  const told = wordsOf(life, gone)
  const { signal, code } = gone
  const cause = life.ended?.cause ?? 'itself'
  for (const { at, rss } of journal.memory) life.memory.add({ ms: Math.round(at - journal.began), rss })
  const memory = life.memory.samples()
  const death = deathOf(journal, { cause, signal, code, words: told.words, at: null, memory })
  return { death, story: storyFrom(death, journal, told) }
}

interface Told {
  readonly words: string
  readonly more: readonly string[]
  readonly frames: string
}

function wordsOf({ ended, journal, memory }: Life, { signal, code, stderr, oomKills }: Gone): Told {
  const { state } = journal
  switch (ended?.cause) {
    case 'blocked':
      return { words: 'was blocked', more: [], frames: ended.place?.stack ?? '' }
    case 'over-memory': {
      const last = memory.samples().at(-1)?.rss
      const ids = new Set(state.running.keys())
      const running = growthByTest(state.memory, last).filter(({ test }) => ids.has(test.id))
      return { words: overMemoryWords({ ...ended, running }), more: [], frames: '' }
    }
    case undefined: {
      if (state.ending !== null) {
        return { words: `ended itself by ${state.ending.call}`, more: [], frames: state.ending.stack }
      }
      const facts = { signal, code, stderrTail: stderr, oomKills, platform: process.platform }
      return { words: exitWords(facts).words, more: [], frames: '' }
    }
  }
}
