import { expect, test } from 'vitest'
import { freshState, thrownBy } from '../fresh-state.ts'

test('a coroutine is resumed with values and says its status', () => {
  const lua = freshState()
  const coroutine = lua.eval(
    'coroutine.create(function(a) local b, c = coroutine.yield(a + 1, "x") return b + c end)',
  )
  expect(coroutine.status).toBe('suspended')
  expect(coroutine.resume.all(1)).toEqual([2, 'x'])
  expect(coroutine.resume(3, 4)).toBe(7)
  expect(coroutine.status).toBe('dead')
  expect(thrownBy(() => coroutine.resume())).toMatchObject({ message: 'cannot resume dead coroutine' })
})

test('iterating gives the first value of each yield', () => {
  const lua = freshState()
  const coroutine = lua.eval(
    'coroutine.create(function() for i = 1, 3 do coroutine.yield(i) end return "end" end)',
  )
  expect([...coroutine]).toEqual([1, 2, 3])
  expect([...coroutine]).toEqual([])
})

test('an iterator sends values into the coroutine, and ends with what it returns', () => {
  const lua = freshState()
  const coroutine = lua.eval(
    'coroutine.create(function() local sum = 0 for i = 1, 2 do sum = sum + coroutine.yield(sum) end return sum end)',
  )
  const iterator = coroutine[Symbol.iterator]()
  expect(iterator.next()).toEqual({ value: 0, done: false })
  expect(iterator.next(5)).toEqual({ value: 5, done: false })
  expect(iterator.next(6)).toEqual({ value: 11, done: true })
  expect(iterator.next()).toEqual({ value: undefined, done: true })
})

test('without a value the coroutine is sent none, which is not nil', () => {
  const lua = freshState()
  const coroutine = lua.eval(
    'coroutine.create(function() while true do coroutine.yield(select("#", coroutine.yield())) end end)',
  )
  const iterator = coroutine[Symbol.iterator]()
  iterator.next()
  expect(iterator.next().value).toBe(0)
})

test('iterating a coroutine that runs is an error', () => {
  const lua = freshState()
  lua.globals.again = () => [...lua.execute('return coroutine.running()')]
  expect(thrownBy(() => lua.execute('coroutine.wrap(function() again() end)()'))).toMatchObject({
    message: expect.stringContaining('cannot resume non-suspended coroutine'),
  })
})

test('an error in a coroutine has the frames of the coroutine', () => {
  const lua = freshState()
  const coroutine = lua.eval(
    'coroutine.create(function() local function inner() error("deep") end inner() end)',
  )
  expect(thrownBy(() => coroutine.resume())).toMatchObject({
    name: 'LuaError',
    message: expect.stringContaining('deep'),
    stack: expect.stringContaining('at inner ('),
    traceback: expect.stringContaining("'inner'"),
  })
})

test('a callback inside a coroutine works on that coroutine', () => {
  const lua = freshState()
  lua.globals.callback = () => {
    const running = lua.execute('return coroutine.running()')
    expect(running.status).toBe('running')
    expect(thrownBy(() => running.resume())).toMatchObject({
      message: 'cannot resume non-suspended coroutine',
    })
    return lua.eval('1 + 1')
  }
  expect(lua.execute('return coroutine.wrap(function() return callback() + callback() end)()')).toBe(4)
})

test('an error that leaves a wrapped coroutine has its frames first', () => {
  const lua = freshState()
  const chunk =
    'local co = coroutine.wrap(function()\n  local function inner()\n    error("deep")\n  end\n  inner()\nend)\n\nco()'
  const error = thrownBy(() => lua.compile(chunk, { name: '/lua/wrapped.lua' })())
  expect(error).toMatchObject({ chunk: '/lua/wrapped.lua', line: 3 })
  expect((error as Error).stack).toMatch(
    /at inner \(\/lua\/wrapped.lua:3:1\)[^]*at main chunk \(\/lua\/wrapped.lua:8:1\)/,
  )
})
