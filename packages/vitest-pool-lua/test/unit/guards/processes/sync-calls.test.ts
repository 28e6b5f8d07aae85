import childProcess, { execFileSync, execSync, spawnSync } from 'node:child_process'
import { onTestFinished, expect, test } from 'vitest'
import { watchSyncCalls } from '../../../../src/guards/processes/sync-calls.ts'
import { FILE_COOKIE, SPAWN_LABEL } from '../../../../src/protocol/message.ts'
import type { OverdueCall } from '../../../../src/protocol/stray.ts'

const before = functions()

function functions() {
  return [childProcess.execSync, childProcess.execFileSync, childProcess.spawnSync]
}

/** What is over its limit, in ms. */
function watching(limit: number | null): OverdueCall[] {
  const over: OverdueCall[] = []
  let calls = 0
  onTestFinished(
    watchSyncCalls({
      label: () => `call-${(calls += 1)}`,
      limit: () => limit,
      over: call => over.push(call),
    }),
  )
  return over
}

test('each call has its label in the environment of what it starts, and of nothing else', () => {
  watching(null)
  process.env[FILE_COOKIE] = 'of a file'
  onTestFinished(() => void delete process.env[FILE_COOKIE])
  const printsLabel = `process.stdout.write(String(process.env.${SPAWN_LABEL}))`
  expect(execFileSync(process.execPath, ['-e', printsLabel], { encoding: 'utf8' })).toBe('call-1')
  expect(execSync(`printf %s "$${SPAWN_LABEL}"`, { encoding: 'utf8' })).toBe('call-2')
  expect(execSync('env', { env: { ...process.env }, encoding: 'utf8' })).toContain(`${SPAWN_LABEL}=call-3\n`)
  expect(process.env).not.toHaveProperty(SPAWN_LABEL)
  expect(spawnSync('env', { env: { PATH: process.env.PATH }, encoding: 'utf8' }).stdout).not.toContain(
    'call-',
  )
})

test.each([
  ['spawnSync(file, args)', () => spawnSync('sleep', ['600']).error],
  ['spawnSync(file, args, options)', () => spawnSync('sleep', ['600'], { stdio: 'ignore' }).error],
  ['spawnSync(file, options)', () => spawnSync('sleep 600', { shell: true }).error],
  [
    'spawnSync with a longer timeout of its own',
    () => spawnSync('sleep', ['600'], { timeout: 60_000 }).error,
  ],
  ['spawnSync with undefined for args', () => spawnSync('sleep 600', undefined, { shell: true }).error],
  ['execSync(command)', () => thrown(() => execSync('exec sleep 600'))],
  ['execSync(command, options)', () => thrown(() => execSync('exec sleep 600', { stdio: 'pipe' }))],
  ['execFileSync(file, args)', () => thrown(() => execFileSync('sleep', ['600']))],
])('%s ends at its limit, and is told', (_, call) => {
  const over = watching(50)
  expect(call()).toMatchObject({ code: 'ETIMEDOUT' })
  expect(over).toMatchObject([{ label: 'call-1', command: expect.stringContaining('sleep') }])
  expect(over[0]?.took).toBeGreaterThan(40)
  expect(over[0]?.pid).toBeGreaterThan(1)
})

test('what ends in time, or by a shorter timeout of its own, is not told', () => {
  const over = watching(30_000)
  expect(execSync('echo done', { encoding: 'utf8' })).toBe('done\n')
  expect(spawnSync('sleep', ['600'], { timeout: 50 }).error).toMatchObject({ code: 'ETIMEDOUT' })
  expect(over).toEqual([])
})

test('what the functions give and throw is their own', () => {
  watching(30_000)
  expect(spawnSync('sh', ['-c', 'exit 3'])).toMatchObject({ status: 3, signal: null })
  expect(thrown(() => execSync('exit 4', { stdio: 'ignore' }))).toMatchObject({ status: 4 })
  expect(thrown(() => execFileSync('/no/such/program'))).toMatchObject({ code: 'ENOENT' })
})

test('closing puts the functions back', () => {
  const close = watchSyncCalls({ label: () => '', limit: () => null, over: () => {} })
  expect(functions()[0]).not.toBe(before[0])
  close()
  expect(functions()).toEqual(before)
})

function thrown(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
