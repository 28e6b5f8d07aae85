import { appendFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readJournal } from '../../../../src/pool/journal/journal-reader.ts'
import type { JournalEntry } from '../../../../src/protocol/journal.ts'
import { temporaryProject } from '../../temporary-project.ts'
import { BEGAN, COLLECTING, importing, linesOf, testBegan } from './journal-lines.ts'

function newPath(): string {
  return join(temporaryProject({}), 'journal')
}

function written(...entries: readonly JournalEntry[]): string {
  return linesOf(entries)
    .map(line => `${JSON.stringify(line)}\n`)
    .join('')
}

test('a journal that its worker has not opened yet says nothing', () => {
  expect(readJournal(newPath()).read().phase).toBe('booting')
})

test('it is read as it grows, each line once', () => {
  const path = newPath()
  const journal = readJournal(path)
  appendFileSync(path, written(BEGAN, COLLECTING))
  expect(journal.read()).toMatchObject({ pid: 100, phase: 'collecting' })
  appendFileSync(path, written(importing('a.test.ts')))
  expect(journal.read().importing).toEqual(['a.test.ts'])
  expect(journal.read().importing).toEqual(['a.test.ts'])
})

test('what was read last is there without reading', () => {
  const path = newPath()
  const journal = readJournal(path)
  appendFileSync(path, written(COLLECTING))
  expect(journal.state.phase).toBe('booting')
  expect(journal.read()).toBe(journal.state)
  expect(journal.state.phase).toBe('collecting')
})

test('a line counts when it is whole', () => {
  const path = newPath()
  const journal = readJournal(path)
  const text = written(importing('a.test.ts'))
  appendFileSync(path, text.slice(0, 20))
  expect(journal.read().importing).toEqual([])
  appendFileSync(path, text.slice(20))
  expect(journal.read().importing).toEqual(['a.test.ts'])
})

test('a character whose bytes arrive one by one is still that character', () => {
  const path = newPath()
  const journal = readJournal(path)
  for (const byte of Buffer.from(written(importing('ünï→😀.ts')))) {
    appendFileSync(path, Buffer.of(byte))
    journal.read()
  }
  expect(journal.state.importing).toEqual(['ünï→😀.ts'])
})

test('a line that a death has cut off is no line, and those after it count', () => {
  const path = newPath()
  appendFileSync(path, `${written(importing('a.ts')).slice(0, 25)}\n${written(importing('b.ts'))}`)
  expect(readJournal(path).read().importing).toEqual(['b.ts'])
})

test('one reading takes all there is, however much', () => {
  const path = newPath()
  const names = Array.from({ length: 5_000 }, (_, index) => `${'é'.repeat(20)} ${index}`)
  appendFileSync(path, written(...names.map(testBegan)))
  const { running } = readJournal(path).read()
  expect([...running.values()].map(({ test: { fullName } }) => fullName)).toEqual(names)
})

test('closing it takes the file away, and what was read stays', () => {
  const path = newPath()
  appendFileSync(path, written(BEGAN))
  const journal = readJournal(path)
  journal.read()
  journal.close()
  expect(existsSync(path)).toBe(false)
  expect(journal.read().pid).toBe(100)
  journal.close()
})
