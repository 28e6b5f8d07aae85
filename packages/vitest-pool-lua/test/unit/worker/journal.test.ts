import { spawnSync } from 'node:child_process'
import { readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { monotonic } from '../../../src/pool/monotonic.ts'
import { readJournal } from '../../../src/pool/journal/journal-reader.ts'
import { openJournal } from '../../../src/worker/journal.ts'
import type { JournalEntry, JournalLine } from '../../../src/protocol/journal.ts'
import { temporaryProject } from '../temporary-project.ts'

function newPath(): string {
  return join(temporaryProject(), 'journal')
}

/** What stands in the file after these entries. */
function written(...entries: readonly JournalEntry[]): JournalLine[] {
  const path = newPath()
  const { write } = openJournal(path)
  for (const entry of entries) write(entry)
  return linesIn(path)
}

function linesIn(path: string): JournalLine[] {
  const lines = readFileSync(path, 'utf8').split('\n')
  expect(lines.pop()).toBe('')
  return lines.map(line => JSON.parse(line) as JournalLine)
}

function ended(meta: object): JournalEntry {
  return { type: 'test-ended', test: 'id', result: { state: 'pass' }, meta, rss: 1 }
}

test('an entry is a line that is there at once, with the time by the clock that all processes share', () => {
  const before = monotonic()
  const [line] = written({ type: 'import-began', module: '/a\n"b".ts' })
  expect(line).toEqual({ at: expect.any(Number), type: 'import-began', module: '/a\n"b".ts' })
  expect(line?.at).toBeGreaterThanOrEqual(Math.floor(before))
  expect(line?.at).toBeLessThanOrEqual(Math.ceil(monotonic()))
})

test('what another writes into the same file stands between, and is not overwritten', () => {
  const path = newPath()
  const [first, second] = [openJournal(path), openJournal(path)]
  first.write({ type: 'collecting' })
  writeSync(second.descriptor, '{"at":1,"type":"call-ended"}\n')
  first.write({ type: 'call-ended' })
  expect(linesIn(path).map(({ type }) => type)).toEqual(['collecting', 'call-ended', 'call-ended'])
})

test('what a process wrote before SIGKILL is all there for the main process', () => {
  const path = newPath()
  const module = fileURLToPath(new URL('../../../src/worker/journal.ts', import.meta.url))
  const script = `const { openJournal } = await import(${JSON.stringify(module)})
    const { write } = openJournal(${JSON.stringify(path)})
    for (let i = 0; i < 100; i += 1) write({ type: 'import-began', module: String(i) })
    process.kill(process.pid, 'SIGKILL')`
  const options = ['--conditions=dev', '--disable-warning=ExperimentalWarning', '--input-type=module']
  expect(spawnSync(process.execPath, [...options, '-e', script]).signal).toBe('SIGKILL')
  expect(readJournal(path).read().importing).toHaveLength(100)
})

describe("what users put into a test's meta", () => {
  test('may hold itself', () => {
    const meta: Record<string, unknown> = { name: 'mine' }
    meta.self = meta
    expect(written(ended(meta))).toMatchObject([{ meta: { name: 'mine', self: '[circular]' } }])
  })

  test('may hold the same twice, which is no circle', () => {
    const shared = { one: 1 }
    const meta: Record<string, unknown> = { first: shared, second: { shared }, last: [shared] }
    meta.self = meta
    expect(written(ended(meta))).toMatchObject([
      { meta: { first: shared, second: { shared }, last: [shared], self: '[circular]' } },
    ])
  })

  test('may throw as it is read: then the rest is told', () => {
    const meta = {
      toJSON(): never {
        throw new Error('not for you')
      },
    }
    expect(written(ended(meta))).toMatchObject([{ type: 'test-ended', meta: {} }])
  })

  test('may be numbers that JSON has not', () => {
    expect(written(ended({ big: 12n }))).toMatchObject([{ meta: { big: '12n' } }])
  })
})

test('memory is what the process has', () => {
  const told = openJournal(newPath()).memory()
  const real = process.memoryUsage.rss()
  expect(told).toBeGreaterThan(real / 2)
  expect(told).toBeLessThan(real * 2)
})
