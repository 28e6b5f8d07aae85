/** Where the runtimes differ, written down: who moves to another one finds here what to look at. */
import { expect } from 'vitest'
import { LuaMemoryError, type LuaState, openLua, test } from 'vitest-pool-lua/test'

/** The value of an expression, or the name of its error. */
function answer(lua: LuaState, expression: string): unknown {
  try {
    return lua.eval(expression)
  } catch (error) {
    return (error as Error).name
  }
}

/** LuaJIT is 5.1 with parts of later versions. */
function isSince(lua: LuaState, version: string): boolean {
  return lua.version >= version
}

test.for([
  {
    what: 'whole division has an operator',
    since: '5.3',
    expression: '7 // 2',
    now: 3,
    before: 'LuaSyntaxError',
  },
  {
    what: 'the library utf8 is there',
    since: '5.3',
    expression: 'utf8.len("Größe")',
    now: 5,
    before: 'LuaError',
  },
  {
    what: 'a float shows that it is one',
    since: '5.3',
    expression: 'tostring(10 / 2)',
    now: '5.0',
    before: '5',
  },
  { what: 'unpack is in table', since: '5.2', expression: 'table.unpack ~= nil', now: true, before: false },
  {
    what: 'a chunk has its globals in _ENV',
    since: '5.2',
    expression: '_ENV == _G',
    now: true,
    before: false,
  },
])('$what since Lua $since', ({ since, expression, now, before }, { lua }) => {
  expect(answer(lua, expression)).toEqual(isSince(lua, since) ? now : before)
})

test('goto is a name in 5.1 and on LuaJIT, and a word of the language since 5.2', ({ lua }) => {
  const chunk = '(function() local goto = 1 return goto end)()'
  expect(answer(lua, chunk)).toBe(isSince(lua, '5.2') ? 'LuaSyntaxError' : 1)
})

test('LuaJIT has goto as a statement too', ({ lua }) => {
  const chunk = '(function() goto done do return "not reached" end ::done:: return "done" end)()'
  const known = isSince(lua, '5.2') || lua.runtime === 'luajit'
  expect(answer(lua, chunk)).toBe(known ? 'done' : 'LuaSyntaxError')
})

test('integers have as many bits as the capabilities say', ({ lua }) => {
  const product = { 32: -294_967_296, 53: 4_000_000_000, 64: 4_000_000_000 }
  expect(lua.eval('2000000 * 2000')).toBe(product[lua.capabilities.integerBits])
})

test('a state that asks for too much memory is told so', async ({ lua, skip }) => {
  skip(!lua.capabilities.memoryCap, `${lua.runtime} has no limit on memory`)
  const state = await openLua(lua.runtime, { maxMemory: 8_000_000 })
  try {
    expect(() => state.execute('local t = {} for i = 1, 100 do t[i] = ("x"):rep(1e6) .. i end')).toThrow(
      LuaMemoryError,
    )
  } finally {
    state.close()
  }
})
