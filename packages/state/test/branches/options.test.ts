import { expect, test } from 'vitest'
import { branches, openLua, type BranchOptions } from '../../src/index.ts'
import { hangs } from './runtimes.ts'

async function refused(n: unknown, options: unknown): Promise<unknown> {
  return branches(n as number, options as BranchOptions).catch((error: unknown) => error)
}

test('n is an integer from 1', async () => {
  for (const n of [0, -1, 1.5, Number.NaN, '2', undefined]) {
    expect(await refused(n, { chunk: '' })).toMatchObject({
      name: 'LuaStateError',
      code: 'LUA_STATE_OPTION_INVALID',
    })
  }
  expect(await refused(0, { chunk: '' })).toMatchObject({
    message: 'branches was given n: 0. Allowed is an integer from 1.',
  })
})

test('a wrong value is refused with what is allowed', async () => {
  for (const [name, value] of Object.entries({
    runtime: 'lua6',
    chunk: 5,
    args: 'x',
    deadline: 0,
    maxMemory: '1GB',
    concurrency: 0,
    signal: {},
    packagePath: 'lua/?.lua',
    encoding: 'utf-16',
  })) {
    expect(await refused(1, { chunk: '', [name]: value })).toMatchObject({
      code: 'LUA_STATE_OPTION_INVALID',
      message: expect.stringMatching(new RegExp(`^branches was given ${name}: .*Allowed is .`)),
    })
  }
  expect(await refused(1, undefined)).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
  expect(await refused(1, { chunk: '', args: () => 7 })).toMatchObject({ code: 'LUA_STATE_OPTION_INVALID' })
})

test('an unknown option is refused with the list of those allowed', async () => {
  for (const name of ['timeout', 'attributeFilter']) {
    expect(await refused(1, { chunk: '', [name]: 5 })).toMatchObject({
      code: 'LUA_STATE_OPTION_UNKNOWN',
      message: expect.stringMatching(/Allowed are runtime, chunk, module, args, deadline, .*packagePath/),
    })
  }
})

test('a function among the options cannot go to another process', async () => {
  for (const option of [{ callTimeout: () => 5 }, { attributeFilter: () => true }]) {
    expect(await refused(1, { chunk: '', ...option })).toMatchObject({
      code: 'LUA_STATE_OPTION_INVALID',
      message: expect.stringContaining('Allowed is data, because it goes to another process.'),
    })
  }
})

test('either a chunk or a module is given', async () => {
  expect(await refused(1, {})).toMatchObject({ message: expect.stringContaining('neither chunk nor module') })
  expect(await refused(1, { chunk: '', module: 'x' })).toMatchObject({
    message: expect.stringContaining('both chunk and module'),
  })
})

test('arguments that are no plain data are refused with their place', async () => {
  const lua = await openLua('fengari')
  for (const [value, what] of [
    [() => 1, 'a function'],
    [Symbol('s'), 'a symbol'],
    [new Date(), 'an object of class Date'],
    [lua.globals, 'a table of a Lua state'],
    [lua.globals.print, 'a function of a Lua state'],
    [new Proxy({}, {}), 'a Proxy'],
  ]) {
    expect(await refused(2, { chunk: '', args: [1, { deep: [value] }] })).toMatchObject({
      code: 'LUA_STATE_BRANCH_VALUE',
      message: expect.stringContaining(`The args of branch 0 hold ${what} at args[1].deep[0], which`),
    })
  }
  lua.close()
})

test('what the function args throws reaches the caller', async () => {
  const cause = new Error('no arguments')
  const args = () => {
    throw cause
  }
  expect(await refused(1, { chunk: '', args })).toBe(cause)
})

test('an infinite limit is none', hangs, async () => {
  const options = { chunk: 'return 1', deadline: Infinity, maxMemory: Infinity }
  expect(await branches(1, options)).toEqual([{ status: 'fulfilled', value: 1 }])
})
