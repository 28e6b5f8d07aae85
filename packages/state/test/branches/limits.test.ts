import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { expect, onTestFinished, test, vi } from 'vitest'
import {
  branches,
  LuaMemoryError,
  LuaTimeoutError,
  type BranchResult,
  runtimeNames,
} from '../../src/index.ts'
import { now } from '../../src/clock.ts'
import { until } from './living.ts'
import { reasonAt } from './reason-at.ts'
import { hangs, need } from './runtimes.ts'

const bomb = 'string.find(("a"):rep(1e4), ".-.-.-.-b$")'
const never = 'while true do end'
const doubles = 'local s = "x" while true do s = s .. s end'
const fills = 'local t = {} local i = 1 while true do t[i] = i i = i + 1 end'

/** Runs its last argument. */
const runs = 'local load = loadstring or load return assert(load((...)))()'

function all(chunks: readonly string[], options: object): Promise<BranchResult[]> {
  return branches(chunks.length, { ...options, chunk: runs, args: index => [chunks[index]] })
}

test.for(runtimeNames)(
  '%s: the deadline ends an endless loop and a pattern bomb, and no other branch',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const results = await all([never, bomb, 'return "whole"'], { runtime, deadline: 1_000 })
    for (const index of [0, 1]) {
      const reason = reasonAt(results, index) as LuaTimeoutError
      expect(reason).toBeInstanceOf(LuaTimeoutError)
      expect(reason.limit).toBe(1_000)
      expect(reason.stack).toContain(import.meta.filename)
    }
    expect(results).toMatchObject([
      { reason: { message: expect.stringContaining('Branch 0 took longer than its deadline of 1000 ms.') } },
      { reason: { message: expect.stringContaining('Its process was ended from outside') } },
      { status: 'fulfilled', value: 'whole' },
    ])
  },
)

test('a state that can end itself says at its deadline where it was', hangs, async () => {
  const results = await branches(1, {
    chunk: 'local n = 0\nwhile true do\n  n = n + 1\nend',
    deadline: 1_000,
  })
  const reason = reasonAt(results, 0) as LuaTimeoutError
  expect(reason).toMatchObject({ limit: 1_000, chunk: '[string "local n = 0..."]' })
  expect([2, 3]).toContain(reason.line)
  expect(reason.message).toMatch(
    /^Branch 0 took longer than its deadline of 1000 ms\. It was ended at \[string/,
  )
  expect(reason.value).toBe(reason.message)
})

test.for(runtimeNames)(
  '%s: maxMemory ends what doubles or fills for ever, and no other branch',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const maxMemory = 100_000_000
    const results = await all([doubles, fills, 'return ("x"):rep(1e6)'], { runtime, maxMemory })
    for (const index of [0, 1]) {
      const reason = reasonAt(results, index) as LuaMemoryError
      expect(reason).toBeInstanceOf(LuaMemoryError)
      expect(reason.message).toContain('not enough memory')
    }
    expect(results[2]).toEqual({ status: 'fulfilled', value: 'x'.repeat(1e6) })
  },
)

test.for(['wasmoon', 'lua5.4'] as const)(
  '%s: a state that counts its memory says where it was',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const chunk = 'local t = {}\nwhile true do\n  t[#t + 1] = { #t }\nend'
    const results = await branches(1, { runtime, chunk, maxMemory: 30_000_000 })
    expect(reasonAt(results, 0)).toMatchObject({
      name: 'LuaMemoryError',
      chunk: '[string "local t = {}..."]',
      line: 3,
    })
  },
)

test.for(['luajit'] as const)(
  '%s: maxMemory ends what Lua itself does not know of: memory of C',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const chunk = `local ffi = require('ffi')
    ffi.cdef 'void *malloc(size_t); void *memset(void *, int, size_t);'
    while true do ffi.C.memset(ffi.C.malloc(1e6), 1, 1e6) end`
    const [result] = await branches(1, { runtime, chunk, maxMemory: 100_000_000 })
    expect(result).toMatchObject({
      reason: {
        name: 'LuaMemoryError',
        message: expect.stringMatching(/branch 0 had grown by \d+ MiB, with a maxMemory of 95\.4 MiB/),
      },
    })
  },
)

test('a system call that waits for ever ends at the deadline', hangs, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'branches-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  execFileSync('sh', ['-c', 'mkfifo "$0"', path.join(folder, 'fifo')])
  const options = { chunk: 'return io.open((...))', args: [path.join(folder, 'fifo')], deadline: 200 }
  expect(await branches(1, options)).toMatchObject([{ reason: { name: 'LuaTimeoutError' } }])
})

test.for(['lua5.4'] as const)(
  '%s: a process that was stopped ends at the deadline',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const stopped = 'os.execute("kill -STOP $PPID")'
    expect(await all([stopped], { runtime, deadline: 1_000 })).toMatchObject([
      { reason: { name: 'LuaTimeoutError' } },
    ])
  },
)

test.for(['luajit'] as const)(
  '%s: a process that ignores SIGTERM ends at the deadline',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const chunk = `local ffi = require('ffi')
    ffi.cdef 'void *signal(int, intptr_t);'
    ffi.C.signal(15, 1)
    while true do end`
    expect(await branches(1, { runtime, chunk, deadline: 300 })).toMatchObject([
      { reason: { name: 'LuaTimeoutError' } },
    ])
  },
)

test(
  'the time of each branch counts from its own start, also for those that had to wait',
  hangs,
  async () => {
    const results = await all([never, never, 'return "in time"'], { deadline: 1_000, concurrency: 1 })
    expect(results).toMatchObject([
      { reason: { name: 'LuaTimeoutError' } },
      { reason: { name: 'LuaTimeoutError' } },
      { value: 'in time' },
    ])
  },
)

test('a branch that ended in time is heard by a parent that was busy past its deadline', hangs, async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'branches-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const chunk = 'io.open((...), "w"):close() return "in time"'
  const running = branches(1, { chunk, args: [path.join(folder, 'ran')], deadline: 500 })
  await until(() => existsSync(path.join(folder, 'ran')))
  const end = now() + 1_000
  while (now() < end);
  expect(await running).toEqual([{ status: 'fulfilled', value: 'in time' }])
})

test('limits hold under fake timers', hangs, async () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const results = await all([bomb, doubles], { deadline: 5_000, maxMemory: 50_000_000 })
  expect(results).toMatchObject([
    { reason: { name: 'LuaTimeoutError' } },
    { reason: { name: 'LuaMemoryError' } },
  ])
})
