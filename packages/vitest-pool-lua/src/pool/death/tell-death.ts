/**
 * How a worker died, from everything that is known of it: its exit, its journal and last words, and what was seen of it
 * from outside.
 */
import type { Death } from '../../protocol/death.ts'
import type { TestName } from '../../protocol/finding.ts'
import { relativePlace, relativeTo } from '../../relative-to.ts'
import { blockedWords } from '../blocked/blocked-words.ts'
import { whereabouts } from '../blocked/whereabouts.ts'
import type { Known } from '../blocked/whereabouts.ts'
import { exitWords } from './exit-words.ts'
import type { Call } from '../journal/journal-state.ts'
import type { Gone, Life } from '../life/life.ts'
import { growthByTest } from '../memory/growth-by-test.ts'
import { overMemoryWords } from '../memory/over-memory-words.ts'
import { storyFrom } from '../resume/story.ts'
import type { DeathStory } from '../resume/death-errors.ts'
import { deathOf } from './verdict.ts'

export interface ToldDeath {
  readonly death: Death
  readonly story: DeathStory
  /** Which it had loaded, as far as that is known: relative to the root. */
  readonly luaFiles: readonly string[]
}

/** @param root of the run, to which places are relative */
export function tellDeath(life: Life, gone: Gone, root: string): ToldDeath {
  const journal = life.journal.read()
  const { signal, code } = gone
  const words = wordsOf(life, gone)
  const { frames, at, words: where, luaFiles } = whereabouts(known(life, gone), root)
  for (const line of journal.memory) life.memory.add({ ms: Math.round(line.at - life.began), rss: line.rss })
  // Before, its memory is not yet what its tests make of it.
  const booted = journal.began === 0 ? 0 : Math.round(journal.began - life.began)
  const culprit = culpritOf(life)
  const death = deathOf(journal, {
    cause: life.ended?.cause ?? 'itself',
    signal,
    code,
    words,
    at: relativePlace(root, at),
    memory: life.memory.samples().filter(({ ms }) => ms >= booted),
    culprit,
  })
  const more = life.ended?.cause === 'blocked' ? [where] : []
  return {
    death,
    story: storyFrom(death, journal, { more, frames: frames.join('\n'), culprit }),
    luaFiles: [...journal.luaFiles, ...luaFiles].map(file => relativeTo(root, file)),
  }
}

/** The test that ran, by the worker's own word; what a test left that has ended since is nobody's of those that run. */
function culpritOf({ ended, journal }: Life): TestName | null {
  const test = ended?.cause === 'blocked' ? (ended.place?.test ?? null) : null
  return test !== null && journal.state.running.has(test.id) ? test : null
}

function wordsOf({ ended, journal, memory }: Life, gone: Gone): string {
  const { state } = journal
  switch (ended?.cause) {
    case 'blocked':
      return blockedWords({ of: 'file', limit: 0, ...ended.overdue, grace: ended.silence })
    case 'over-memory': {
      const running = growthByTest(state.memory, memory.samples().at(-1)?.rss)
      return overMemoryWords({ ...ended, running: running.filter(({ test }) => state.running.has(test.id)) })
    }
    case undefined: {
      if (state.ending !== null && agrees(state.ending, gone)) return `ended itself by ${state.ending.call}`
      const { signal, code, stderr, oomKills } = gone
      return exitWords({ signal, code, stderrTail: stderr, oomKills, platform: process.platform }).words
    }
  }
}

/** Whether the call that should have ended the process did: on its way out something else may have been faster. */
function agrees({ call }: Call, { signal, code }: Gone): boolean {
  const [, name = '', ended] = /^process\.(\w+)\((?:.*?'?(-?\w+)'?)?\)$/.exec(call) ?? []
  switch (name) {
    case 'exit':
    case 'reallyExit':
      return signal === null && isExitCode(code, Number(ended))
    case 'kill':
      return process.platform === 'win32' || signal === ended || (signal !== null && Number(ended) > 0)
    case 'abort':
      return process.platform === 'win32' || signal === 'SIGABRT'
    default:
      return true
  }
}

/** What was given may be no number; of one that is too large, or negative, the system takes the last byte. */
function isExitCode(code: number | null, given: number): boolean {
  return Number.isNaN(given) || given === code || (given & 0xff) === code
}

/** What is known of the place: the one that was asked knows best, then what was written last. */
function known({ ended, journal }: Life, gone: Gone): Known {
  const { call, ending, stuckInLua } = journal.state
  if (ended?.cause === 'blocked' && ended.place !== null) return { kind: 'place', place: ended.place }
  if (ended === null && ending !== null && agrees(ending, gone)) return { kind: 'ending', ...ending }
  if (call !== null) return { kind: 'call', ...call }
  return stuckInLua === null ? { kind: 'nothing' } : { kind: 'stuck', lua: stuckInLua }
}
