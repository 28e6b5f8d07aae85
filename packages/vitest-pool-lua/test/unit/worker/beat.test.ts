import inspector from 'node:inspector'
import { expect, onTestFinished, test, vi } from 'vitest'
import { beat } from '../../../src/worker/beat.ts'
import { notingJournal } from './noting-journal.ts'

test('the journal hears again and again that the event loop turns', async () => {
  const journal = notingJournal()
  beat(journal, { grace: 100 })
  expect(journal.entries).toEqual([])
  await vi.waitFor(() => expect(journal.entries.length).toBeGreaterThan(2), 10_000)
  expect(journal.entries[0]).toEqual({ type: 'beat', inspector: false })
})

test('several beats come within a short grace, and one that never ends is no reason to stop', async () => {
  const [often, seldom] = [notingJournal(), notingJournal()]
  beat(seldom, { grace: null })
  beat(often, { grace: 0 })
  await vi.waitFor(() => expect(seldom.entries.length).toBeGreaterThan(1), 20_000)
  expect(often.entries.length).toBeGreaterThan(seldom.entries.length)
})

test('it says whether somebody may stop this process in a debugger', async () => {
  const journal = notingJournal()
  inspector.open(0, '127.0.0.1')
  onTestFinished(() => inspector.close())
  beat(journal, { grace: 100 })
  await vi.waitFor(() => expect(journal.entries[0]).toEqual({ type: 'beat', inspector: true }), 10_000)
})
