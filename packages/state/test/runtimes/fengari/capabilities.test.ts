import { expect, test } from 'vitest'
import { freshState, thrownBy } from '../../fresh-state.ts'

test('integers have 32 bits', () => {
  const lua = freshState()
  expect(lua.capabilities.integerBits).toBe(32)
  expect(lua.eval('0x7fffffff + 1')).toBe(-(2 ** 31))
  expect(lua.eval('math.type(9007199254740993)')).toBe('float')
})

test('finalizers do not run, weak tables keep what they hold', () => {
  const lua = freshState()
  expect(lua.capabilities).toMatchObject({ finalizers: false, weakTables: false })
  const [finalized, kept] = lua.execute.all(`
    local finalized, weak = false, setmetatable({}, {__mode = "v"})
    weak[1] = setmetatable({}, {__gc = function() finalized = true end})
    collectgarbage() collectgarbage()
    return finalized, weak[1] ~= nil`)
  expect([finalized, kept]).toEqual([false, true])
})

test('memory is neither told nor capped', () => {
  const lua = freshState()
  expect(lua.capabilities).toMatchObject({ memoryCap: false, memoryUsed: false })
  expect(lua.memoryUsed()).toBeUndefined()
})

test('C modules do not load', () => {
  const lua = freshState()
  expect(lua.capabilities.cModules).toBe(false)
  expect(thrownBy(() => lua.require('lfs'))).toMatchObject({
    message: expect.stringContaining("module 'lfs' not found"),
  })
})

test('binary chunks go through string.dump and load', () => {
  const lua = freshState()
  expect(lua.capabilities.binaryChunks).toBe(true)
  expect(lua.execute('return load(string.dump(function(a) return a + 1 end))(1)')).toBe(2)
})
