import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { branches } from '../../src/index.ts'
import { childrenOf, handles, holdersOf, runningOf, until } from './living.ts'
import { parentScript } from './parent-script.ts'
import { hangs, need } from './runtimes.ts'

let folder = ''
let before: ReturnType<typeof living>

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'branches-'))
  // What is opened once (streams, an event loop's own descriptors) is open from now on.
  await branches(1, { chunk: '' })
  before = living()
})

afterEach(() => rmSync(folder, { recursive: true }))

const living = () => ({ children: childrenOf(process.pid), ...handles() })

/** Tells that it runs, then hangs. */
const announced = 'local file = ... io.open(file, "w"):close() while true do end'
const announce = (index: number) => [path.join(folder, String(index))]
const haveAnnounced = (count: number) => () => readdirSync(folder).length === count

describe.runIf(process.platform === 'linux')('on Linux, where the kernel tells', () => {
  test('results, errors and ends from outside leave no process and no handle', hangs, async () => {
    const chunks = [
      'return 1',
      'error("x")',
      'x y',
      'while true do end',
      'string.find(("a"):rep(1e4), ".-.-.-.-b$")',
    ]
    const args = (index: number) => [chunks[index]]
    await branches(5, { chunk: 'return assert(load((...)))()', args, deadline: 200 })
    expect(living()).toEqual(before)
  })

  test('an aborted call throws the reason when everything has ended', hangs, async () => {
    const abortion = new AbortController()
    const running = branches(3, { chunk: announced, args: announce, signal: abortion.signal })
    await until(haveAnnounced(3))
    abortion.abort(new Error('enough'))
    await expect(running).rejects.toThrow('enough')
    expect(living()).toEqual(before)
  })

  test('a call that is aborted while its workers start, or before, leaves nothing', hangs, async () => {
    const abortion = new AbortController()
    const running = branches(2, { chunk: announced, args: announce, signal: abortion.signal, concurrency: 1 })
    await until(() => childrenOf(process.pid).length === 1)
    abortion.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    await expect(branches(2, { chunk: '', signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(living()).toEqual(before)
  })

  test('a call that throws starts nothing', hangs, async () => {
    const running = branches(2, { chunk: '', args: index => (index === 1 ? [Symbol('no data')] : []) })
    await expect(running).rejects.toMatchObject({ code: 'LUA_STATE_BRANCH_VALUE' })
    expect(living()).toEqual(before)
  })

  test.for(['luajit', 'lua5.4'] as const)(
    '%s: programs that a branch started end with it',
    hangs,
    async (runtime, { skip }) => {
      await need(runtime, skip)
      const seconds = `41${process.pid}`
      const chunks = [
        `io.popen("sleep ${seconds}"):read()`,
        `os.execute("sleep ${seconds} & sleep ${seconds}")`,
        `os.execute("sleep ${seconds} &") return "done"`,
      ]
      const chunk = 'return assert((loadstring or load)((...)))()'
      const results = await branches(3, { runtime, chunk, args: index => [chunks[index]], deadline: 1_000 })
      expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
      expect(runningOf(`sleep ${seconds}`)).toEqual([])
      expect(living()).toEqual(before)
    },
  )

  test.for(['fengari', 'luajit'] as const)(
    '%s: a parent that is killed takes its branches with it',
    hangs,
    async (runtime, { skip }) => {
      await need(runtime, skip)
      const tag = `BRANCHES_OF=${process.pid}-${runtime}`
      const [name = '', value = ''] = tag.split('=')
      const options = JSON.stringify({ runtime, chunk: announced })
      const code = `const args = index => [${JSON.stringify(folder)} + '/' + index]
        await branches(2, { ...${options}, args })`
      const env = { ...process.env, [name]: value }
      const parent = spawn(process.execPath, parentScript(folder, code), { env, stdio: 'ignore' })
      await until(haveAnnounced(3))
      expect(holdersOf(tag)).toHaveLength(3)
      parent.kill('SIGKILL')
      await until(() => holdersOf(tag).length === 0)
    },
  )
})
