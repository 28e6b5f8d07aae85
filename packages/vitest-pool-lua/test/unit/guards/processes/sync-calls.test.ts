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
  ['spawnSync(file, options)', () => spawnSync('exec sleep 600', { shell: true }).error],
  [
    'spawnSync with a longer timeout of its own',
    () => spawnSync('sleep', ['600'], { timeout: 60_000 }).error,
  ],
  ['spawnSync with undefined for args', () => spawnSync('exec sleep 600', undefined, { shell: true }).error],
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

test.each([
  ['null for options', () => spawnSync('true', [], given(null))],
  ['a number for options', () => execFileSync('true', [], given(3))],
  ['a string for arguments', () => spawnSync('true', given('an argument'))],
  ['a negative timeout', () => execSync('true', { timeout: -1 })],
  ['a timeout that is no number', () => execSync('true', given({ timeout: '5' }))],
  ['an unknown signal', () => spawnSync('true', { killSignal: given('SIGNONE') })],
])('%s is refused as Node refuses it', (_, call) => {
  const nodes = thrown(call)
  watching(30_000)
  expect(nodes).toBeInstanceOf(Error)
  expect(thrown(call)).toEqual(nodes)
})

test('an environment of null is the whole environment, as for Node', () => {
  watching(30_000)
  expect(execSync('printf %s "$HOME"', { env: given(null), encoding: 'utf8' })).toBe(process.env.HOME)
})

test('an environment that inherits passes on what it inherits', () => {
  watching(null)
  const inheriting = Object.create({ [FILE_COOKIE]: 'of a file', GREETING: 'hello' }) as NodeJS.ProcessEnv
  expect(execSync(`printf %s "$GREETING $${SPAWN_LABEL}"`, { env: inheriting, encoding: 'utf8' })).toBe(
    'hello call-1',
  )
})

test('options with getters are asked once', () => {
  watching(30_000)
  let asked = 0
  const options = {
    get timeout() {
      asked += 1
      return 5_000
    },
  }
  execSync('true', options)
  expect(asked).toBe(1)
})

test('a limit that is no whole number of ms is one for Node too', () => {
  const over = watching(50.5)
  expect(spawnSync('sleep', ['600']).error).toMatchObject({ code: 'ETIMEDOUT' })
  expect(over).toHaveLength(1)
})

test.each([
  ['execSync', () => execSync('exit 3')],
  ['execFileSync', () => execFileSync('false')],
  [
    'spawnSync, which gives its error',
    () => {
      throw spawnSync('/no/such/program').error
    },
  ],
])('an error of %s has the stack that it has without the watch', (_, call) => {
  const [bare, isWatched] = [false, true].map(watches => {
    if (watches) watching(30_000)
    return String((thrown(call) as Error).stack).split('\n')
  })
  expect(String(bare)).toContain('sync-calls.test.ts')
  // The suite's own Vitest may run under this pool, whose frames are these files' too.
  expect(isWatched?.filter(isOurs)).toEqual([])
  const theirs = bare?.filter(line => !isOurs(line)).map(frameName)
  expect(isWatched?.slice(0, theirs?.length).map(frameName)).toEqual(theirs)
})

function isOurs(line: string): boolean {
  return line.includes('/src/guards/')
}

/** Of a call through a proxy, V8 names the object in another way. */
function frameName(line: string): string {
  return line.replace(/^(\s+at )(?:Object|Proxy)\./, '$1')
}

/** What no TypeScript would let pass. */
function given(value: unknown): never {
  return value as never
}

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
