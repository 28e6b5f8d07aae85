import { expect, test } from 'vitest'
import {
  FILE_COOKIE,
  KEEP_COOKIE,
  RUN_COOKIE,
  WORKER_NUMBER,
  isWorkerMessage,
} from '../../../src/protocol/message.ts'

test('a message of a worker of ours is known by its mark', () => {
  expect(isWorkerMessage({ __vitest_pool_lua__: true, type: 'keep', pid: 5 })).toBe(true)
})

test.each([
  { __vitest_worker_response__: true, type: 'started' },
  { type: 'keep', pid: 5 },
  'keep',
  null,
  undefined,
  7,
])("%j is Vitest's own, or the user's", message => {
  expect(isWorkerMessage(message)).toBe(false)
})

test('the variables that users may rely on keep their names', () => {
  expect([RUN_COOKIE, WORKER_NUMBER, KEEP_COOKIE]).toEqual([
    'VITEST_POOL_LUA_RUN',
    'VITEST_POOL_LUA_WORKER',
    'VITEST_POOL_LUA_KEEP',
  ])
})

test('the cookie of a file is not that of the run', () => {
  expect(FILE_COOKIE).not.toBe(RUN_COOKIE)
})
