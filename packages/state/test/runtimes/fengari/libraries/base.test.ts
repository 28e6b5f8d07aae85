import { expect, vi, test } from 'vitest'
import { freshState, thrownBy } from '../../../fresh-state.ts'

test('print goes to the console', () => {
  const lua = freshState()
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  lua.execute('print("é", 1, nil, setmetatable({}, {__tostring = function() return "T" end}))')
  expect(log.mock.calls).toEqual([['é\t1\tnil\tT']])
  log.mockRestore()
})

test('collectgarbage takes every option', () => {
  const lua = freshState()
  expect(lua.eval('collectgarbage("count")')).toBeGreaterThan(100)
  expect(
    lua.execute.all(`return collectgarbage(), collectgarbage("step"), collectgarbage("setpause", 100),
      collectgarbage("setpause"), collectgarbage("stop"), collectgarbage("isrunning"), collectgarbage("restart"),
      collectgarbage("isrunning")`),
  ).toEqual([0, true, 200, 100, 0, false, 0, true])
  expect(thrownBy(() => lua.execute('collectgarbage("nonsense")'))).toMatchObject({ name: 'LuaError' })
  lua.collectGarbage()
})

test('pcall and xpcall work over yields and give what they should', () => {
  const lua = freshState()
  const result = lua.execute.all(`
    local co = coroutine.wrap(function()
      local ok, v = pcall(function() return coroutine.yield(1) + 1 end)
      local no, e = xpcall(function() coroutine.yield(2) error({code = 3}) end, function(e) return e.code end)
      return ok, v, no, e
    end)
    local one, two = co(), co(10)
    return one, two, co()`)
  expect(result).toEqual([1, 2, true, 11, false, 3])
  expect(lua.execute.all('return select("#", pcall(error)), pcall(select, 2, "a", "b")')).toEqual([
    2,
    true,
    'b',
  ])
  expect(thrownBy(() => lua.execute('pcall()'))).toMatchObject({
    message: expect.stringContaining('value expected'),
  })
})

test('user hooks work beside the own one', () => {
  const lua = freshState()
  expect(
    lua.execute(
      'local n = 0 debug.sethook(function() n = n + 1 end, "l") local a = 1\nlocal b = 2\ndebug.sethook() return n',
    ),
  ).toBe(2)
  expect(lua.execute.all('return debug.gethook()')).toEqual([undefined, '', 0])
  expect(
    lua.execute.all(
      'local h = function() end debug.sethook(h, "cr", 7) local g, m, c = debug.gethook() debug.sethook() return g == h, m, c',
    ),
  ).toEqual([true, 'cr', 7])
})
