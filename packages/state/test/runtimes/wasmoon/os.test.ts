import { existsSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { expect, onTestFinished, test, vi } from 'vitest'
import { thrownBy } from '../../fresh-state.ts'
import { freshWasmoon } from './wasmoon-state.ts'

/** Sets an environment variable for one test. */
function setEnvironment(name: string, value: string): void {
  vi.stubEnv(name, value)
  onTestFinished(() => void vi.unstubAllEnvs())
}

test('os.getenv sees the environment as it is now', () => {
  const lua = freshWasmoon()
  expect(lua.execute.all('return os.getenv("LUA_WASMOON")')).toEqual([undefined])
  setEnvironment('LUA_WASMOON', 'é')
  expect(lua.execute.all('return os.getenv("LUA_WASMOON"), os.getenv("PATH")')).toEqual([
    'é',
    process.env.PATH,
  ])
  expect(thrownBy(() => lua.execute('os.getenv()'))).toMatchObject({
    message: expect.stringContaining("bad argument #1 to 'getenv' (string expected, got no value)"),
  })
})

test('os.clock is the time that the processor spent on this process', () => {
  const before = processorTime()
  const clock = freshWasmoon().eval('os.clock()')
  expect(clock).toBeGreaterThanOrEqual(before)
  expect(clock).toBeLessThanOrEqual(processorTime())
})

function processorTime(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

test('os.execute runs the shell and gives its exit code', () => {
  const lua = freshWasmoon()
  expect(lua.execute.all('return os.execute()')).toEqual([true])
  expect(lua.execute.all('return os.execute("exit 0")')).toEqual([true, 'exit', 0])
  expect(lua.execute.all('return os.execute("exit 3")')).toEqual([undefined, 'exit', 3])
})

test('io.popen is an error that says so', () => {
  const lua = freshWasmoon()
  expect(lua.capabilities.popen).toBe(false)
  expect(lua.execute.all('return pcall(io.popen, "ls")')).toEqual([false, "'popen' not supported"])
})

test('os.tmpname makes a file in the folder for temporary files', () => {
  const lua = freshWasmoon()
  const [first, second]: string[] = lua.execute.all('return os.tmpname(), os.tmpname()')
  onTestFinished(() => {
    for (const name of [first, second]) if (name !== undefined) unlinkSync(name)
  })
  expect(first).not.toBe(second)
  expect(first?.startsWith(tmpdir())).toBe(true)
  expect(existsSync(first as string)).toBe(true)
})

test('os.time and os.date go by the zone, with summer time', () => {
  setEnvironment('TZ', 'Europe/Berlin')
  const lua = freshWasmoon()
  const format = '"%Y-%m-%d %H:%M:%S %z %Z"'
  expect(lua.eval(`os.date(${format}, 1700000000)`)).toBe('2023-11-14 23:13:20 +0100 CET')
  expect(lua.eval(`os.date(${format}, 1690000000)`)).toBe('2023-07-22 06:26:40 +0200 CEST')
  expect(lua.eval(`os.date("!" .. ${format}, 1690000000)`)).toBe('2023-07-22 04:26:40 +0000 GMT')
  expect(lua.eval('os.date("*t", 1690000000).isdst')).toBe(true)
  expect(lua.eval('os.date("!*t", 1690000000).isdst')).toBe(false)
  expect(lua.eval('os.time({year = 2023, month = 7, day = 22, hour = 6, min = 26, sec = 40})')).toBe(
    1690000000,
  )
  expect(lua.eval('os.time({year = 2023, month = 7, day = 22, hour = 6, isdst = false})')).toBe(1690002000)
})

test('os.time puts fields into their ranges, and knows times that 32 bits do not hold', () => {
  setEnvironment('TZ', 'UTC')
  const lua = freshWasmoon()
  expect(
    lua.execute.all(`
      local t = {year = 2024, month = 14, day = -1, hour = 25, min = 61, sec = 61}
      local at = os.time(t)
      return at, t.year, t.month, t.day, t.hour, t.min, t.sec, t.yday, t.wday`),
  ).toEqual([1738288921, 2025, 1, 31, 2, 2, 1, 31, 6])
  expect(lua.eval('os.time({year = 2200, month = 1, day = 1, hour = 0})')).toBe(7258118400)
  expect(lua.eval('os.date("!%F %T", 7258118400)')).toBe('2200-01-01 00:00:00')
  expect(lua.eval('os.date("!%F", -86400)')).toBe('1969-12-31')
  expect(lua.eval('os.time({year = 99, month = 1, day = 1, hour = 0})')).toBe(-59042995200)
})

test('a time outside of all calendars is an error', () => {
  const lua = freshWasmoon()
  expect(thrownBy(() => lua.execute('return os.time({year = 300000, month = 1, day = 1})'))).toMatchObject({
    message: expect.stringContaining('time result cannot be represented'),
  })
})

test('time stands still where JS has no dates any more', () => {
  expect(freshWasmoon().eval('os.date("!%F", 1 << 60)')).toBe('275760-09-13')
})
