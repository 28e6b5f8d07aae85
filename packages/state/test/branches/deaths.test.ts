import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { branches, LuaStateError, type BranchResult } from '../../src/index.ts'
import { cookieName } from '../../src/branches/kin.ts'
import { holdersOf, until } from './living.ts'
import { reasonAt } from './reason-at.ts'
import { hangs, need } from './runtimes.ts'

const runs = 'return assert((loadstring or load)((...)))()'

function all(runtime: 'fengari' | 'luajit' | 'lua5.4', chunks: readonly string[]): Promise<BranchResult[]> {
  return branches(chunks.length, { runtime, chunk: runs, args: index => [chunks[index]], deadline: 50_000 })
}

function death(words: string): unknown {
  return {
    status: 'rejected',
    reason: {
      code: 'LUA_STATE_BRANCH_DIED',
      message: expect.stringContaining(words),
      stack: expect.stringContaining(import.meta.filename),
    },
  }
}

test.for(['luajit'] as const)(
  '%s: a crash of native code, and a process that exits, reject their own branch only',
  hangs,
  async (runtime, { skip }) => {
    await need(runtime, skip)
    const results = await all(runtime, [
      'require("ffi").cast("int*", 0)[0] = 1',
      'return "alive"',
      'local ffi = require("ffi") ffi.cdef "void _exit(int);" ffi.C._exit(3)',
      'local ffi = require("ffi") ffi.cdef "void abort(void);" ffi.C.abort()',
    ])
    expect(results).toMatchObject([
      death('branch 0 was ended by SIGSEGV before it could give a result. That is a crash of native code'),
      { status: 'fulfilled', value: 'alive' },
      death('branch 2 ended by itself with exit code 3'),
      death('branch 3 was ended by SIGABRT'),
    ])
    expect(reasonAt(results, 0)).toBeInstanceOf(LuaStateError)
  },
)

describe.runIf(process.platform === 'linux')('on Linux, where a process is found by its environment', () => {
  test('a process that is killed from outside rejects its own branch only', hangs, async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'branches-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const chunk = `local folder, index = ...
      local file = io.open(folder .. '/' .. index, 'w')
      file:write(os.getenv('${cookieName}'))
      file:close()
      repeat until io.open(folder .. '/' .. 0) == nil
      return 'alive'`
    const running = branches(2, { chunk, args: index => [folder, index], deadline: 50_000 })
    await until(() => readdirSync(folder).length === 2 && readFileSync(path.join(folder, '0')).length === 36)
    const [victim = 0] = holdersOf(`${cookieName}=${readFileSync(path.join(folder, '0'), 'utf8')}`)
    process.kill(victim, 'SIGKILL')
    rmSync(path.join(folder, '0'))
    expect(await running).toMatchObject([
      death('branch 0 was ended by SIGKILL before it could give a result. Somebody ended it from outside'),
      { status: 'fulfilled', value: 'alive' },
    ])
  })
})

test('a runtime that cannot be opened rejects the branches with what to install', hangs, async () => {
  const [result] = await branches(1, { runtime: 'lua5.4', library: '/nowhere/liblua.so', chunk: '' })
  expect(result).toMatchObject({
    reason: { name: 'LuaStateError', message: expect.stringContaining('/nowhere/liblua.so') },
  })
})
