import { expect, test } from 'vitest'
import { loadLua } from '../../src/index.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

test('nil, booleans and numbers', () => {
  const lua = freshState()
  expect(lua.execute.all('return nil, true, false, 1, 1.0, -0.0, 1/0, -1/0, nil')).toEqual([
    undefined,
    true,
    false,
    1,
    1,
    -0,
    Infinity,
    -Infinity,
    undefined,
  ])
  expect(lua.eval('0/0')).toBeNaN()
})

test('a call gives its first value, all gives every one', () => {
  const lua = freshState()
  expect(lua.execute('return 1, nil, 3')).toBe(1)
  expect(lua.execute.all('return 1, nil, 3')).toEqual([1, undefined, 3])
  expect(lua.eval('select(2, 1, 2, 3)')).toBe(2)
  expect(lua.eval.all('select(2, 1, 2, 3)')).toEqual([2, 3])
  expect(lua.execute('local x')).toBeUndefined()
  expect(lua.execute.all('local x')).toEqual([])
  const three = lua.compile('return ...')
  expect(three('a', 'b')).toBe('a')
  expect(three.all('a', 'b')).toEqual(['a', 'b'])
})

test('the same table, function and coroutine is the same object', () => {
  const lua = freshState()
  lua.execute('t = {} f = function() end co = coroutine.create(f)')
  for (const name of ['t', 'f', 'co', 'print', '_G']) expect(lua.globals[name]).toBe(lua.globals[name])
  expect(lua.globals['_G']).toBe(lua.globals)
})

test('userdata of Lua is opaque and can be handed back', () => {
  const lua = freshState()
  const stdout = lua.eval('io.stdout')
  expect(stdout).toEqual({ type: 'userdata' })
  expect(lua.execute('return io.type(...)', stdout)).toBe('file')
})

test("encoding 'bytes' gives bytes, but for the names of properties", async () => {
  const state = (await loadLua('fengari'))({ encoding: 'bytes' })
  expect(state.eval(String.raw`"\0\255"`)).toEqual(Uint8Array.of(0, 255))
  expect(Object.keys(state.eval('{name = 1}'))).toEqual(['name'])
  expect(state.eval('{name = 1}').name).toBe(1)
  state.globals.text = 'é'
  expect(state.eval('#text')).toBe(2)
  state.close()
})

test('many arguments and results', () => {
  const lua = freshState()
  const many = Array.from({ length: 5000 }, (_, index) => index)
  expect(lua.compile('return ...').all(...many)).toEqual(many)
  lua.globals.count = (...args: unknown[]) => args.length
  expect(lua.execute('return count(...)', ...many)).toBe(5000)
})

test('a chunk must be text', () => {
  const lua = freshState()
  expect(thrownBy(() => lua.execute(7 as unknown as string))).toMatchObject({
    code: 'LUA_STATE_CHUNK_INVALID',
  })
})
