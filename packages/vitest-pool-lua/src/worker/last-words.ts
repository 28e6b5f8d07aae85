/**
 * The last words of a worker that ends itself, or blocks itself where nobody can look: which call, and from where.
 *
 *     const words = hearLastWords(journal)   // before Vitest replaces process.exit: whatever calls the real one is heard
 *     words.close()
 *
 * `Atomics.wait` needs no words: the inspector reaches who waits there (pool/blocked/inspector.ts).
 */
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { inspect } from 'node:util'
import { nearestFrames, userFrames } from '../guards/user-frames.ts'
import { wrapFunction } from '../guards/wrap-function.ts'
import type { JournalEntry } from '../protocol/journal.ts'
import { isDeadly } from './last-words/deadly-signal.ts'

export interface LastWords {
  /** Puts every function back as it was. */
  close(): void
}

interface Journal {
  write(entry: JournalEntry): void
}

const ENDING = ['exit', 'reallyExit', 'abort', 'kill', 'execve'] as const
const BLOCKING = ['execSync', 'execFileSync', 'spawnSync'] as const

export function hearLastWords(journal: Journal): LastWords {
  const putBack = [...ENDING.map(endingWords(journal)), ...BLOCKING.map(blockingWords(journal))]
  // Who has imported one of these by its name sees the new one, and later the old one again.
  syncBuiltinESMExports()
  return {
    close() {
      for (const back of putBack) back()
      syncBuiltinESMExports()
    },
  }
}

/** `process.exit` calls `process.reallyExit`: only the first of them is the program's own word. */
function endingWords(journal: Journal): (name: string) => () => void {
  let ending = false
  return name =>
    wrapFunction(process, name, (run, args, trap) => {
      if (ending || (name === 'kill' && !isDeadly(args))) return run()
      journal.write({
        type: 'ending',
        call: `process.${name}(${shown(args)})`,
        stack: userFrames(trap).stack,
      })
      ending = true
      try {
        return run()
      } finally {
        // A handler of the exit may have thrown: then the process lives on.
        ending = false
      }
    })
}

function blockingWords(journal: Journal): (name: string) => () => void {
  return name =>
    wrapFunction(childProcess, name, (run, args, trap) => {
      journal.write({ type: 'call-began', call: `${name}(${shown(args)})`, stack: nearestFrames(trap) })
      try {
        return run()
      } finally {
        journal.write({ type: 'call-ended' })
      }
    })
}

/** Arguments as one would write them, as far as they are short; no options. */
function shown(args: readonly unknown[]): string {
  const plain = args.filter(arg => typeof arg !== 'object' || Array.isArray(arg))
  return plain.map(arg => inspect(arg, SHORT)).join(', ')
}

const SHORT = { depth: 0, maxArrayLength: 10, maxStringLength: 100, breakLength: Infinity }
