import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LuaError } from '../../../../src/index.ts'
import { freshState, thrownBy } from '../../../fresh-state.ts'

test('os.exit ends the call with an error that Lua cannot catch, never the process', () => {
  const lua = freshState()
  for (const chunk of [
    'os.exit(3)',
    'pcall(os.exit, 3) while true do end',
    'coroutine.wrap(function() pcall(os.exit, 3) end)() after = true',
  ]) {
    const error = thrownBy(() => lua.execute(chunk)) as LuaError
    expect(error).toBeInstanceOf(LuaError)
    expect(error.message).toContain('os.exit(3) was called')
    expect(error).toMatchObject({ value: 3, line: expect.any(Number) })
  }
  expect(lua.execute('return after')).toBeUndefined()
  expect(thrownBy(() => lua.execute('os.exit(true)'))).toMatchObject({ value: 0 })
  expect(thrownBy(() => lua.execute('os.exit(false)'))).toMatchObject({ value: 1 })
})

test('dates in UTC are in UTC', () => {
  const lua = freshState()
  expect(lua.execute('return os.date("!%Y-%m-%dT%H:%M:%SZ %z %Z", 86400)')).toBe(
    '1970-01-02T00:00:00Z +0000 GMT',
  )
  expect(lua.execute('return os.date("!*t", 86400)')).toMatchObject({
    year: 1970,
    month: 1,
    day: 2,
    hour: 0,
    isdst: false,
  })
  expect(lua.execute('return os.time(os.date("*t", 1000000))')).toBe(1_000_000)
  expect(lua.execute('return os.clock() >= 0 and os.difftime(5, 3)')).toBe(2)
})

test('files can be named, renamed and removed', () => {
  const lua = freshState()
  const name = lua.eval('os.tmpname()')
  expect(existsSync(name)).toBe(true)
  expect(
    lua.execute.all('local n = ... return os.rename(n, n .. ".2"), os.remove(n .. ".2"), os.remove(n)', name),
  ).toEqual([true, true, undefined, `${name}: No such file or directory`, 2])
})
