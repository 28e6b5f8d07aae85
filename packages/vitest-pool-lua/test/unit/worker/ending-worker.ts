/** A worker, as far as its last words are concerned, that ends in the way that its argument names. */
import { writeSync } from 'node:fs'
import { exit } from 'node:process'
import { hearLastWords } from '../../../src/worker/last-words.ts'

const WAYS: Record<string, () => unknown> = {
  'process.exit': function ends() {
    process.exit(3)
  },
  'process.exit by its name': function ends() {
    exit(3)
  },
  'process.exit as Vitest keeps it': function ends() {
    const kept = process.exit.bind(process)
    process.exit = () => {
      throw new Error('not now')
    }
    try {
      process.exit(4)
    } catch {}
    kept(3)
  },
  'process.reallyExit': function ends() {
    const reallyExit = Reflect.get(process, 'reallyExit') as (code: number) => never
    reallyExit(3)
  },
  'process.abort': function ends() {
    process.abort()
  },
  'process.kill': function ends() {
    process.kill(process.pid, 'SIGKILL')
  },
  'process.kill without a signal': function ends() {
    process.kill(process.pid)
  },
  'an exit handler that throws': function ends() {
    process.once('uncaughtException', () => {})
    process.once('exit', () => {
      throw new Error('not yet')
    })
    try {
      process.exit(1)
    } catch {}
    process.exit(3)
  },
  'harmless signals': function ends() {
    process.on('SIGTERM', () => {})
    process.kill(process.pid, 0)
    process.kill(process.pid, 'SIGWINCH')
    process.kill(process.pid, 'SIGTERM')
    process.kill(process.ppid, 0)
  },
}

hearLastWords({ write: entry => void writeSync(1, `${JSON.stringify(entry)}\n`) })
WAYS[process.argv[2] ?? '']?.()
