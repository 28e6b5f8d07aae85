import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { branches, LuaError, LuaSyntaxError, type BranchOptions, runtimeNames } from '../../src/index.ts'
import { reasonAt } from './reason-at.ts'
import { hangs, need } from './runtimes.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'branches of lua '))
afterAll(() => rmSync(folder, { recursive: true }))

const packagePath = [`${folder}/?.lua`]

async function valueOf(options: BranchOptions): Promise<unknown> {
  const [result] = await branches(1, options)
  if (result?.status === 'rejected') throw result.reason
  return result?.value
}

async function reasonOf(options: BranchOptions): Promise<Error> {
  return reasonAt(await branches(1, options), 0)
}

const byIndex = `local index, more = ...
  if index == 1 then error('no ' .. more) end
  if index == 2 then os.exit(3) end
  return { index, more, tostring(io.read()) }`

test.for(runtimeNames)(
  '%s: results come in the order of the branches, each of its own arguments',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const results = await branches(4, { runtime, chunk: byIndex, args: index => [index, 'x'.repeat(index)] })
    expect(results).toMatchObject([
      { status: 'fulfilled', value: [0, '', 'nil'] },
      { status: 'rejected', reason: { name: 'LuaError', message: expect.stringContaining('no x') } },
      { status: 'rejected', reason: { name: 'LuaError', value: 3 } },
      { status: 'fulfilled', value: [3, 'xxx', 'nil'] },
    ])
    expect(results.every(result => Object.keys(result).length === 2)).toBe(true)
  },
)

test('a call gives its first value, and nothing as undefined', hangs, async () => {
  expect(await valueOf({ chunk: 'return 1, 2' })).toBe(1)
  expect(await branches(1, { chunk: '' })).toEqual([{ status: 'fulfilled', value: undefined }])
})

const data = () => {
  const cyclic: Record<string, unknown> = { name: 'round', list: [1.5, true, [], 'NUL \0 and \u{1F30D}'] }
  cyclic['self'] = cyclic
  return cyclic
}

test.for(['fengari', 'luajit'] as const)(
  '%s: plain data goes in and comes out whole, with cycles',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const value = await valueOf({ runtime, chunk: 'return ...', args: [data()] })
    // An empty table is an empty object.
    expect(value).toEqual({ ...data(), list: [1.5, true, {}, 'NUL \0 and \u{1F30D}'], self: value })
  },
)

test.for(['fengari', 'lua5.4'] as const)(
  '%s: no depth is too deep on the way in and out',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    let deep: unknown[] = ['the bottom']
    for (let level = 0; level < 20_000; level++) deep = [deep]
    let value = await valueOf({ runtime, chunk: 'return ...', args: [deep] })
    let levels = -1
    for (; Array.isArray(value); levels++) value = value[0]
    expect([value, levels]).toEqual(['the bottom', 20_000])
  },
)

test('bytes, mixed keys and holes come out as toJS gives them', hangs, async () => {
  const chunk = 'return { (...), [3] = true, mixed = nil }'
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const value = (await valueOf({ chunk, args: [bytes], encoding: 'bytes' })) as unknown[]
  expect(value).toEqual([bytes, undefined, true])
  expect(1 in value).toBe(false)
  const mixed = await valueOf({ chunk: 'return { 1, [true] = "yes", name = { 2 } }' })
  expect(mixed).toEqual(
    new Map<unknown, unknown>([
      [1, 1],
      [true, 'yes'],
      ['name', [2]],
    ]),
  )
})

test.for(['lua5.3', 'lua5.4', 'wasmoon'] as const)(
  '%s: integers of 64 bits go in and come out',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const args = [9007199254740993n, -(2n ** 63n)]
    expect(await valueOf({ runtime, chunk: 'return { ... }', args })).toEqual(args)
  },
)

test('a module that gives no function is refused with what to do', hangs, async () => {
  writeFileSync(path.join(folder, 'many.lua'), 'return { run = function() end }')
  expect(await reasonOf({ module: 'many', packagePath })).toMatchObject({
    code: 'LUA_STATE_BRANCH_MODULE',
    message: expect.stringContaining(
      `but a table. Let the module return a function, or use chunk: "return require('many')`,
    ),
  })
  expect(await reasonOf({ module: 'none', packagePath })).toMatchObject({
    name: 'LuaError',
    message: expect.stringContaining(`no file '${folder}/none.lua'`),
  })
})

test('options of openLua reach every state', hangs, async () => {
  const chunk = 'return { tostring(io), tostring(package) }'
  expect(await valueOf({ chunk, libraries: ['base'] })).toEqual(['nil', 'nil'])
  expect(await reasonOf({ chunk, requireVersion: '5.9' })).toMatchObject({
    code: 'LUA_STATE_VERSION_MISMATCH',
  })
  expect(await reasonOf({ chunk, packageCPath: ['x/?.so'] })).toMatchObject({
    code: 'LUA_STATE_OPTION_UNSUPPORTED',
  })
  const late = await reasonOf({ chunk: 'while true do end', callTimeout: 60, deadline: 60_000 })
  expect(late).toMatchObject({ name: 'LuaTimeoutError', limit: 60, line: 1 })
})

const moduleSource = `
local function fail(value)
  error({ code = value, list = { "a" } })
end
return function(value)
  if value == 7 then fail(value) end
  return { value, value }
end`

test.for(runtimeNames)(
  '%s: a module is called, and an error in it leads into its file and to the caller',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const file = path.join(folder, `module_${runtime.replace('.', '')}.lua`)
    writeFileSync(file, moduleSource)
    const module = path.basename(file, '.lua')
    const results = await branches(2, { runtime, module, packagePath, args: index => [index * 7] })
    expect(results[0]).toEqual({ status: 'fulfilled', value: [0, 0] })
    const reason = reasonAt(results, 1) as LuaError
    expect(reason).toBeInstanceOf(LuaError)
    expect(reason).toMatchObject({ name: 'LuaError', value: { code: 7, list: ['a'] }, chunk: file, line: 3 })
    expect(reason.traceback).toContain('stack traceback:')
    const [, first = '', ...rest] = (reason.stack as string).split('\n')
    expect(first).toContain(`(${file}:3:1)`)
    expect(rest.join('\n')).toContain(import.meta.filename)
    expect(reason.stack).not.toMatch(/tinypool|src\/branches/)
  },
)

test('a chunk that does not compile is a LuaSyntaxError', hangs, async () => {
  const reason = await reasonOf({ chunk: 'local x = 1\nreturn )' })
  expect(reason).toBeInstanceOf(LuaSyntaxError)
  expect(reason).toMatchObject({ line: 2 })
})

test('an error value that is no data is told in words', hangs, async () => {
  const reason = await reasonOf({ chunk: 'error({ print, message = "why" })' })
  expect(reason).toMatchObject({
    message: 'why',
    value: new Map<unknown, unknown>([
      [1, '(a function of a Lua state)'],
      ['message', 'why'],
    ]),
  })
})

test('a result that is no data is refused with its place', hangs, async () => {
  expect(await reasonOf({ chunk: 'return { 1, { run = print } }' })).toMatchObject({
    code: 'LUA_STATE_BRANCH_VALUE',
    message: expect.stringContaining('gave a function of a Lua state at [1].run,'),
  })
  expect(await reasonOf({ chunk: 'return coroutine.create(print)' })).toMatchObject({
    message: expect.stringContaining('gave a coroutine of a Lua state, which'),
  })
})
