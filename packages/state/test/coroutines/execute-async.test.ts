import { expect, test } from 'vitest'
import { LuaError } from '../../src/index.ts'
import { freshState } from '../fresh-state.ts'

test('a promise that a callback returns suspends the chunk until it is settled', async () => {
  const lua = freshState()
  lua.globals.later = async (value: unknown) => value
  lua.globals.fail = async () => {
    throw new TypeError('rejected')
  }
  expect(await lua.executeAsync('return later(1) + later(2) + ...', 3)).toBe(6)
  expect(await lua.executeAsync('local ok, e = pcall(fail) return tostring(e) .. later("!")')).toBe(
    'TypeError: rejected!',
  )
})

test('a rejection that nothing catches rejects with a LuaError', async () => {
  const lua = freshState()
  const reason = new TypeError('rejected')
  lua.globals.fail = () => Promise.reject(reason)
  const error: unknown = await lua.executeAsync('fail()').catch((failure: unknown) => failure)
  expect(error).toBeInstanceOf(LuaError)
  expect(error).toMatchObject({ cause: reason })
  await expect(lua.executeAsync('return = 1')).rejects.toMatchObject({ name: 'LuaSyntaxError' })
})

test('several chunks go on in turns', async () => {
  const lua = freshState()
  lua.execute('log = {}')
  const chunk = 'for i = 1, 2 do log[#log + 1] = ... .. i coroutine.yield() end'
  await Promise.all([lua.executeAsync(chunk, 'a'), lua.executeAsync(chunk, 'b')])
  expect(lua.globals.log).toEqual(['a1', 'b1', 'a2', 'b2'])
})

test('elsewhere a promise is a userdata', async () => {
  const lua = freshState()
  const promise = Promise.resolve(1)
  lua.globals.later = () => promise
  expect(lua.execute('return later()')).toBe(promise)
  expect(await lua.executeAsync('return coroutine.wrap(function() return type(later()) end)()')).toBe(
    'userdata',
  )
})
