import { expect, test } from 'vitest'
import { loadLua, LuaError, LuaSyntaxError, toJS } from '../src/index.ts'
import { freshState } from './fresh-state.ts'

const open = await loadLua('fengari')

/** Numbers from 0 to `below`, the same in every run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function failureOf(body: () => unknown): unknown {
  try {
    body()
  } catch (error) {
    return error
  }
  return undefined
}

test('random bytes as a chunk are a syntax error or run, and never anything else', () => {
  const lua = freshState()
  const random = randomFrom(7)
  for (let round = 0; round < 400; round++) {
    const chunk = Uint8Array.from({ length: random(40) }, () => random(256))
    expect(failureOf(() => lua.execute(chunk))).toBeOneOf([undefined, expect.any(LuaError)])
  }
  expect(lua.eval('1 + 1')).toBe(2)
})

test('random words of Lua as a chunk never hang or break the state', () => {
  const state = open({ callTimeout: 200 })
  const random = randomFrom(11)
  const words =
    'local function end if then else for in do while repeat until return break x y t 1 "s" nil true ( ) { } [ ] = == .. + - # . : , ; ... pcall error coroutine.yield goto ::a:: os.exit'.split(
      ' ',
    )
  for (let round = 0; round < 1500; round++) {
    const chunk = Array.from({ length: random(12) + 1 }, () => words[random(words.length)]).join(' ')
    expect(failureOf(() => state.execute(chunk))).toBeOneOf([undefined, expect.any(LuaError)])
  }
  expect(state.eval('1 + 1')).toBe(2)
  state.close()
})

test('damaged binary chunks are errors', () => {
  const lua = freshState()
  const random = randomFrom(13)
  lua.execute('dumped = string.dump(function(a) local t = {a, "s", 1.5} return t[1] end)')
  const dumped = lua.execute('return load') as unknown
  expect(dumped).toBeTypeOf('function')
  for (let round = 0; round < 200; round++) {
    const result = lua.execute.all(
      'local at, byte = ... return load(dumped:sub(1, at) .. string.char(byte))',
      random(60),
      random(256),
    )
    expect(result.length).toBeGreaterThan(0)
  }
  expect(lua.eval('1 + 1')).toBe(2)
})

test('random data survives the way into Lua and back', () => {
  const lua = freshState()
  const random = randomFrom(17)
  const leaf = (): unknown =>
    [
      random(1000) - 500,
      random(2 ** 31) * 2.5,
      `s${random(99)}`,
      random(2) === 0,
      -0,
      Infinity,
      '',
      'é\u0000',
    ][random(8)]
  const make = (depth: number): unknown => {
    const kind = depth === 0 ? 0 : random(3)
    if (kind === 0) return leaf()
    const values = Array.from({ length: random(5) + 1 }, () => make(depth - 1))
    return kind === 1 ? values : Object.fromEntries(values.map((value, index) => [`k${index}\u0001`, value]))
  }
  for (let round = 0; round < 300; round++) {
    const data = [make(5)]
    expect(toJS(lua.execute('return ...', data))).toStrictEqual(data)
  }
})

test('errors of every kind leave the stack as it was', () => {
  const lua = freshState()
  lua.globals.fail = () => {
    throw new Error('x')
  }
  for (let round = 0; round < 300; round++) {
    expect(() => lua.execute('fail()')).toThrow(LuaError)
    expect(() => lua.execute('local t = nil; t.x = 1')).toThrow(LuaError)
    expect(() => lua.compile('= =')).toThrow(LuaSyntaxError)
    expect(() => lua.execute('return ...', Symbol('s'))).toThrow('symbol')
  }
  expect(lua.execute.all('return 1, 2')).toEqual([1, 2])
})

test('10,000 callbacks and calls go through', () => {
  const lua = freshState()
  lua.globals.callback = (x: number) => x * 2
  expect(lua.execute('local s = 0 for i = 1, 10000 do s = s + callback(i) end return s')).toBe(100_010_000)
  const add = lua.eval('function(a, b) return a + b end')
  let sum = 0
  for (let index = 0; index < 10_000; index++) sum = add(sum, index)
  expect(sum).toBe(49_995_000)
})
