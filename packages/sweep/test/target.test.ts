import { expect, test } from 'vitest'
import { createSweeper, sweep, watchProcesses } from '../src/index.ts'

test.each([
  [{}, /names nothing/],
  [{ roots: [] }, /names nothing/],
  [{ cookie: { name: 'A', value: '' } }, /cookie is \{"name":"A","value":""\}/],
  [{ cookie: { name: 'A=B', value: '1' } }, /the name has no "="/],
  [{ roots: [1] }, /names the pid 1\b/],
  [{ roots: [-1] }, /names the pid -1/],
  [{ groups: [{ pid: 1, startTime: 7 }] }, /names the pid 1\b/],
  [{ known: [{ pid: 0, startTime: 0 }] }, /names the pid 0/],
])('the target %j is refused', async (target, message) => {
  const refusal = {
    name: 'SweepError',
    code: 'LUA_SWEEP_BAD_TARGET',
    message: expect.stringMatching(message),
  }

  await expect(sweep(target)).rejects.toMatchObject(refusal)
  expect(() => createSweeper(target)).toThrow(expect.objectContaining(refusal))
})

test('a watch of the whole machine is refused', () => {
  expect(() => watchProcesses({ root: 1 })).toThrow(/names the pid 1\b/)
})
