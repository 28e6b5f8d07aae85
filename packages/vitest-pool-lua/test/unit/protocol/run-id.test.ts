import { expect, test } from 'vitest'
import { folderPrefix, readRunId, runIdOf, runOfFolder } from '../../../src/protocol/run-id.ts'

const MAIN = { pid: 4711, startTime: 123_456, space: '4026531836' }

test("a run's id says which process its main process is", () => {
  expect(readRunId(runIdOf(MAIN, 77))).toEqual({ ...MAIN, number: 77 })
})

test('two runs of one main process have different ids', () => {
  expect(runIdOf(MAIN)).not.toBe(runIdOf(MAIN))
})

test("what is no run's id names no process", () => {
  for (const text of ['', '4711', '0f43dc1e-9d5a-4d77-8d5d-7a8b1a0c2a11', `${runIdOf(MAIN)}.1`])
    expect(readRunId(text)).toBeUndefined()
})

test("a run's folder is known by its name, and no other is", () => {
  const run = runIdOf(MAIN)
  expect(runOfFolder(`${folderPrefix(run)}aB3_xY`)).toBe(run)
  for (const name of ['vitest-pool-lua-aB3xYz', 'vitest-pool-lua beds', folderPrefix(run)])
    expect(runOfFolder(name)).toBeUndefined()
})
