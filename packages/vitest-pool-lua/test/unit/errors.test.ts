import { expect, test } from 'vitest'
import { InvariantError, PoolError } from '../../src/errors.ts'

test('an error tells its code, also in its message, and keeps its cause', () => {
  const cause = new Error('first')
  const error = new PoolError('LUA_POOL_SETTINGS_INVALID', 'Mend them.', { cause })
  expect(error).toMatchObject({
    name: 'PoolError',
    code: 'LUA_POOL_SETTINGS_INVALID',
    message: 'Mend them. [LUA_POOL_SETTINGS_INVALID]',
    cause,
  })
})

test('a bug of ours says that it is one and asks for a report', () => {
  expect(new InvariantError('A worker was started twice')).toMatchObject({
    name: 'InvariantError',
    message:
      'A worker was started twice. This is a bug in vitest-pool-lua: please report it with this message and the versions of Node.js and Vitest.',
  })
})
