/**
 * How a worker died, from everything that is known of it: its exit, its journal and last words, and what was seen of it
 * from outside.
 */
import type { Death } from '../protocol/death.ts'
import { relativeTo } from '../relative-to.ts'
import { blockedWords } from './blocked/blocked-words.ts'
import { whereabouts } from './blocked/whereabouts.ts'
import type { Known } from './blocked/whereabouts.ts'
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
  /** Which it had loaded, as far as that is known: relative to the root. */
  readonly luaFiles: readonly string[]
}

/** @param grace ms that it was given beyond its limit */
export function tellDeath(life: Life, gone: Gone, { root, grace }: TellingOptions): ToldDeath {
  const journal = life.journal.read()
  const { signal, code } = gone
  const words = wordsOf(life, gone, grace ?? 0)
  const { frames, at, words: where, luaFiles } = whereabouts(known(life), root)
  for (const line of journal.memory) life.memory.add({ ms: Math.round(line.at - life.began), rss: line.rss })
  const culprit = life.ended?.cause === 'blocked' ? (life.ended.place?.test ?? null) : null
  const death = deathOf(journal, {
    cause: life.ended?.cause ?? 'itself',
    signal,
    code,
    words,
    at: at === null ? null : { ...at, file: relativeTo(root, at.file) },
    memory: life.memory.samples(),
    culprit,
  })
  const more = life.ended?.cause === 'blocked' ? [where] : []
  return {
    death,
    story: storyFrom(death, journal, { more, frames: frames.join('\n'), culprit }),
    luaFiles: [...journal.luaFiles, ...luaFiles].map(file => relativeTo(root, file)),
  }
}

export interface TellingOptions {
  /** To which the place is relative. */
  readonly root: string
  readonly grace: number | null
}

function wordsOf(
  { ended, journal, memory }: Life,
  { signal, code, stderr, oomKills }: Gone,
  grace: number,
): string {
  const { state } = journal
  switch (ended?.cause) {
    case 'blocked':
      return blockedWords({ of: 'file', limit: 0, ...ended.overdue, grace })
    case 'over-memory': {
      const running = growthByTest(state.memory, memory.samples().at(-1)?.rss)
      return overMemoryWords({ ...ended, running: running.filter(({ test }) => state.running.has(test.id)) })
    }
    case undefined: {
      if (state.ending !== null) return `ended itself by ${state.ending.call}`
      return exitWords({ signal, code, stderrTail: stderr, oomKills, platform: process.platform }).words
    }
  }
}

/** What is known of the place: the one that was asked knows best, then what was written last. */
function known({ ended, journal }: Life): Known {
  const { call, ending, stuckInLua } = journal.state
  if (ended?.cause === 'blocked' && ended.place !== null) return { kind: 'place', place: ended.place }
  if (ended === null && ending !== null) return { kind: 'ending', ...ending }
  if (call !== null) return { kind: 'call', ...call }
  return stuckInLua === null ? { kind: 'nothing' } : { kind: 'stuck', lua: stuckInLua }
}
