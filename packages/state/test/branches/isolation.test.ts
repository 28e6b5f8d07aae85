import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { branches, runtimeNames } from '../../src/index.ts'
import { childrenOf, until } from './living.ts'
import { hangs, need } from './runtimes.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'branches-'))))
afterEach(() => rmSync(folder, { recursive: true }))

/**
 * Every branch holds a token of its own where all Lua code of a state can reach it, and tells when it does. None goes
 * on before all have told, so that they live at the same time: a token that somebody else replaced, or found, would be
 * that of a shared state. No address and no id is compared, because those are used again.
 */
const barrier = `
local folder, index, count, before = ...
local function meet(name)
  io.open(folder .. '/' .. name .. index, 'w'):close()
  for other = 0, count - 1 do
    local file
    repeat file = io.open(folder .. '/' .. name .. other) until file
    file:close()
  end
end
local found = { _G.token, package.loaded.token, ("").token }
local mine = {}
_G.token, package.loaded.token, string.token = mine, mine, mine
meet('held')
local kept = _G.token == mine and package.loaded.token == mine and ("").token == mine
meet('compared')
return { found = #found, kept = kept }`

test.for(runtimeNames)(
  '%s: branches that live at the same time hold different states',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const results = await branches(2, {
      runtime,
      chunk: barrier,
      args: index => [folder, index, 2],
      deadline: 50_000,
    })
    const own = { status: 'fulfilled', value: { found: 0, kept: true } }
    expect(results).toEqual([own, own])
  },
)

test.runIf(process.platform === 'linux')(
  'every branch has a process: as many live as have met',
  hangs,
  async () => {
    const waits = `local folder, index = ...
    io.open(folder .. '/' .. index, 'w'):close()
    repeat until io.open(folder .. '/go')`
    const running = branches(3, { chunk: waits, args: index => [folder, index], deadline: 50_000 })
    await until(() => readdirSync(folder).length === 3)
    expect(childrenOf(process.pid)).toHaveLength(3)
    writeFileSync(path.join(folder, 'go'), '')
    expect(await running).toMatchObject([
      { status: 'fulfilled' },
      { status: 'fulfilled' },
      { status: 'fulfilled' },
    ])
  },
)

test.for(['luajit'] as const)(
  '%s: a process is never used again: what a branch changed in its own is gone',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const chunk = `local ffi = require('ffi')
    ffi.cdef 'int setenv(const char *, const char *, int);'
    local before = os.getenv('USED_BY_A_BRANCH')
    ffi.C.setenv('USED_BY_A_BRANCH', 'yes', 1)
    return tostring(before) .. os.getenv('USED_BY_A_BRANCH')`
    const results = await branches(3, { runtime, chunk, concurrency: 1 })
    expect(results.map(result => result.status === 'fulfilled' && result.value)).toEqual([
      'nilyes',
      'nilyes',
      'nilyes',
    ])
  },
)

test('never more run at once than concurrency allows, and all get their turn', hangs, async () => {
  // Of those that hold a place at the same time each sees the others' files.
  const chunk = `local folder, index, count = ...
    local own = folder .. '/' .. index
    io.open(own, 'w'):close()
    local seen = 0
    for other = 0, count - 1 do
      local file = io.open(folder .. '/' .. other)
      if file then seen = seen + 1 file:close() end
    end
    os.remove(own)
    return seen`
  const results = await branches(5, { chunk, args: index => [folder, index, 5], concurrency: 2 })
  const seen = results.map(result => (result.status === 'fulfilled' ? result.value : result.reason))
  expect(
    seen.every(count => count === 1 || count === 2),
    String(seen),
  ).toBe(true)
})
