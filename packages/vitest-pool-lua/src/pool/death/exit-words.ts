/**
 * What ended a worker, in words that can stand in a sentence.
 *
 *     exitWords({ code: null, signal: 'SIGSEGV', ... })
 *     // { signal: 'SIGSEGV', code: null, words: 'was ended by SIGSEGV (a segmentation fault: native code ...)' }
 *
 * Nothing is guessed that was not said: by the exit, by the last lines of its stderr, or by the kernel's own count.
 */
import { codeWords } from './exit-words/codes.ts'
import { lastWords } from './exit-words/last-words.ts'
import { signalOf, signalWords } from './exit-words/signals.ts'

export interface ExitFacts {
  readonly code: number | null
  readonly signal: string | null
  /** The end of what it wrote to stderr. */
  readonly stderrTail: string
  /** How many processes of its cgroup the kernel ended for want of memory while it ran; null where nobody counts. */
  readonly oomKills: number | null
  readonly platform: NodeJS.Platform
}

export interface ExitWords {
  readonly signal: string | null
  readonly code: number | null
  /** Without a subject: 'was ended by SIGTERM (...)'. */
  readonly words: string
}

export function exitWords(facts: ExitFacts): ExitWords {
  const { code, signal } = facts
  return { signal, code, words: wordsOf(facts) }
}

function wordsOf({ code, signal, stderrTail, oomKills, platform }: ExitFacts): string {
  const said = lastWords(stderrTail)
  if (signal !== null) return signalWords(signal, `was ended by ${signal}`, said, oomKills)
  if (code === null) return 'could not be started'
  // As a shell tells of a signal, and Node.js of its own aborts on Windows.
  const told = signalOf(code, platform)
  if (told !== undefined) return signalWords(told, `ended with exit code ${code}, ${told}`, said, oomKills)
  return codeWords(code, platform, said)
}
