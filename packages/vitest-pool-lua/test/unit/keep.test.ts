import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { keep } from '../../src/test.ts'

test.each([
  [0, 'the pid 0'],
  [-1, 'the pid -1'],
  [1, 'the pid 1'],
  [1.5, 'the pid 1.5'],
  [null, 'null'],
  [undefined, 'undefined'],
  ['sleep', "'sleep'"],
])('keep(%o) says what it was given', (given, words) => {
  expect(() => keep(given as number)).toThrow(`keep() was given ${words}. Give it a running ChildProcess`)
})

test('keep() of a process that could not be started says so', async () => {
  const child = spawn('/nowhere/at/all')
  await once(child, 'error')
  expect(() => keep(child)).toThrow('keep() was given a process that was never started')
})
