import path from 'node:path'
import { expect, test } from 'vitest'
import { loadLua, type LuaOptions } from '../src/index.ts'
import { thrownBy } from './fresh-state.ts'

const open = await loadLua('fengari')
const refused = (options: unknown) => thrownBy(() => open(options as LuaOptions))

test('an unknown option is refused with the list of those allowed', () => {
  expect(refused({ packagepath: [] })).toMatchObject({
    code: 'LUA_STATE_OPTION_UNKNOWN',
    message: expect.stringContaining(
      "'packagepath', which it does not know. Allowed are packagePath, packageCPath",
    ),
  })
})

test('a wrong value is refused with what is allowed', () => {
  for (const options of [
    { packagePath: 'lua/?.lua' },
    { encoding: 'utf-16' },
    { libraries: ['net'] },
    { callTimeout: -1 },
    { callTimeout: Number.NaN },
    { attributeFilter: true },
  ]) {
    expect(refused(options)).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
  }
  expect(refused({ callTimeout: Number.NaN })).toMatchObject({
    message: expect.stringContaining('callTimeout: NaN'),
  })
  expect(refused([])).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
})

test('what fengari cannot serve is refused, never accepted silently', () => {
  for (const options of [
    { packageCPath: ['x/?.so'] },
    { maxMemory: 1e6 },
    { library: '/usr/lib/liblua.so' },
  ]) {
    expect(refused(options)).toMatchObject({
      code: 'LUA_STATE_OPTION_UNSUPPORTED',
      message: expect.stringContaining("which fengari can't serve"),
    })
  }
})

test('requireVersion refuses a runtime of another version', () => {
  expect(refused({ requireVersion: '5.4' })).toMatchObject({ code: 'LUA_STATE_VERSION_MISMATCH' })
  open({ requireVersion: '5.3' }).close()
})

test('an option that is undefined is as one not given', () => {
  const state = open({ maxMemory: undefined } as unknown as LuaOptions)
  expect(state.closed).toBe(false)
  state.close()
})

test('only the libraries asked for are opened', () => {
  const state = open({ libraries: ['base', 'string'] })
  expect(state.eval('type(string.rep)')).toBe('function')
  expect(state.execute.all('return io, os, table, require')).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(thrownBy(() => state.require('x'))).toMatchObject({ code: 'LUA_STATE_LIBRARY_MISSING' })
  state.close()
})

test('packagePath goes before the own one of the runtime, resolved', () => {
  const state = open({ packagePath: ['lua/?.lua'] })
  const [first, second] = String(state.globals.package.path).split(';')
  expect(first).toBe(path.resolve('lua/?.lua'))
  expect(second).toBe('/usr/local/share/lua/5.3/?.lua')
  state.close()
})
