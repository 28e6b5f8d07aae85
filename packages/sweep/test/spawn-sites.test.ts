import { AsyncLocalStorage } from 'node:async_hooks'
import { ChildProcess, exec, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type SpawnSites, recordSpawnSites } from '../src/index.ts'

const spawnBefore = Reflect.get(ChildProcess.prototype, 'spawn')
let sites: SpawnSites

beforeEach(() => {
  sites = recordSpawnSites()
})

afterEach(() => {
  sites.close()
})

test('a spawned process knows its command and the stack that spawned it', async () => {
  const child = spawn('true', ['one', 'two'])

  const site = sites.siteOf(child.pid ?? 0)
  expect(site?.command).toBe('true one two')
  expect(site?.stack).toContain('spawn-sites.test.ts')
  expect(site?.stack).not.toContain('src/spawn-sites.ts')
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('who asks hears of each process in the context that spawned it', async () => {
  const context = new AsyncLocalStorage<string>()
  const heard: unknown[] = []
  const asking = recordSpawnSites({ onSpawn: ({ pid }) => heard.push([pid, context.getStore()]) })

  const child = context.run('a test', () => spawn('true'))

  asking.close()
  expect(heard).toEqual([[child.pid, 'a test']])
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('exec and fork are recorded too', async () => {
  const shell = exec('exit 3')
  const forked = fork('-e', ['process.exit(4)'], { execArgv: ['-e', 'process.exit(4)'] })

  expect(sites.siteOf(shell.pid ?? 0)?.command).toContain('exit 3')
  expect(sites.siteOf(forked.pid ?? 0)?.stack).toContain('spawn-sites.test.ts')
  expect(await once(shell, 'exit')).toEqual([3, null])
  expect(await once(forked, 'exit')).toEqual([4, null])
})

test('a label is in the environment of those that inherit the variable beside it', async () => {
  const labelled: string[] = []
  const labelling = recordSpawnSites({
    label: { name: 'TEST_SPAWN', beside: 'TEST_RUN' },
    onSpawn: ({ label }) => labelled.push(label),
  })
  const inherits = spawn('env', { env: { PATH: process.env['PATH'], TEST_RUN: 'run 1' } })
  const other = spawn('env', { env: { PATH: process.env['PATH'] } })
  labelling.close()
  const [environment, others] = await Promise.all([text(inherits.stdout), text(other.stdout)])

  expect(environment).toContain(`TEST_SPAWN=${labelled[0]}\n`)
  expect(others).not.toContain('TEST_SPAWN')
  expect(new Set(labelled).size).toBe(2)
})

test('a site knows when Node has seen its process end', async () => {
  const child = spawn('cat')
  const site = sites.siteOf(child.pid ?? 0)
  expect(site?.hasEnded()).toBe(false)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(site?.hasEnded()).toBe(true)
})

test('a program that is not there is an error event as ever, and no site', async () => {
  const child = spawn('/no/such/program')

  expect(child.pid).toBeUndefined()
  await expect(once(child, 'error')).resolves.toMatchObject([{ code: 'ENOENT', path: '/no/such/program' }])
})

test('what spawn throws is thrown', () => {
  expect(() => spawn('true', { cwd: 'a\0b' })).toThrow(/cwd/)
  expect(() => Reflect.apply(spawnBefore, new ChildProcess(), [])).toThrow(/options/)
})

test('recording leaves the limit of stack traces as it was', async () => {
  const limit = Error.stackTraceLimit
  await once(spawn('true'), 'exit')

  expect(Error.stackTraceLimit).toBe(limit)
})

test('closing puts ChildProcess back, and what was recorded can still be asked for', async () => {
  const child = spawn('true')
  sites.close()
  const later = spawn('true')

  expect(Reflect.get(ChildProcess.prototype, 'spawn')).toBe(spawnBefore)
  expect(sites.siteOf(child.pid ?? 0)).toBeDefined()
  expect(sites.siteOf(later.pid ?? 0)).toBeUndefined()
  await Promise.all([once(child, 'exit'), once(later, 'exit')])
})

test('a wrapper put on top in the meantime goes on working', async () => {
  const ours: unknown = Reflect.get(ChildProcess.prototype, 'spawn')
  const theirs = function (this: ChildProcess, ...args: unknown[]): unknown {
    return typeof ours === 'function' ? Reflect.apply(ours, this, args) : undefined
  }
  Reflect.set(ChildProcess.prototype, 'spawn', theirs)
  sites.close()

  expect(Reflect.get(ChildProcess.prototype, 'spawn')).toBe(theirs)
  expect(await once(spawn('true'), 'exit')).toEqual([0, null])
  Reflect.set(ChildProcess.prototype, 'spawn', spawnBefore)
})

test("a program's own Error.prepareStackTrace neither breaks a spawn nor loses its line", () => {
  const format: unknown = Reflect.get(Error, 'prepareStackTrace')
  Reflect.set(Error, 'prepareStackTrace', breaks)
  try {
    const { pid = 0 } = spawn('true')
    expect(sites.siteOf(pid)?.stack).toContain('spawn-sites.test.ts')
    expect(Reflect.get(Error, 'prepareStackTrace')).toBe(breaks)
  } finally {
    Reflect.set(Error, 'prepareStackTrace', format)
  }
})

function breaks(): never {
  throw new Error('of the program')
}
