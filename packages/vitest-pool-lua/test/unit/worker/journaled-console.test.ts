import { Console } from 'node:console'
import { PassThrough } from 'node:stream'
import { afterEach, expect, test } from 'vitest'
import { journalConsole } from '../../../src/worker/journaled-console.ts'
import { notingJournal } from './noting-journal.ts'

const original = globalThis.console
afterEach(() => {
  globalThis.console = original
})

/** A console as Vitest's: it writes into streams of its own. */
function ownConsole() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  globalThis.console = new Console(stdout, stderr)
  return { stdout, stderr }
}

test('what is printed stands in the journal, and is printed', () => {
  const journal = notingJournal()
  const { stdout, stderr } = ownConsole()
  journalConsole(journal, false)
  console.log('one %d', 1)
  console.error('trouble')
  expect(journal.entries).toEqual([
    { type: 'printed', stream: 'stdout', text: 'one 1\n' },
    { type: 'printed', stream: 'stderr', text: 'trouble\n' },
  ])
  expect([String(stdout.read()), String(stderr.read())]).toEqual(['one 1\n', 'trouble\n'])
})

test("the process's own console is left alone: nothing waits in memory there", () => {
  const journal = notingJournal()
  ownConsole()
  journalConsole(journal, true)
  console.log('one')
  expect(journal.entries).toEqual([])
})

test('a console without streams that can be seen is left alone', () => {
  globalThis.console = { log: () => {} } as unknown as Console
  expect(() => journalConsole(notingJournal(), undefined)).not.toThrow()
})
