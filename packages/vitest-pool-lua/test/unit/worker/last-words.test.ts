import childProcess, { execFileSync, execSync, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { JournalEntry } from '../../../src/protocol/journal.ts'
import { hearLastWords } from '../../../src/worker/last-words.ts'

const WORKER = fileURLToPath(new URL('./ending-worker.ts', import.meta.url))

interface Ended {
  readonly status: number | null
  readonly signal: string | null
  readonly said: readonly Extract<JournalEntry, { type: 'ending' }>[]
}

/** A real process that ends in its own way. */
function ended(way: string): Ended {
  const options = ['--conditions=dev', '--disable-warning=ExperimentalWarning']
  const { pid, status, signal, stdout } = spawnSync(process.execPath, [...options, WORKER, way], {
    encoding: 'utf8',
  })
  const lines = stdout
    .replaceAll(String(pid), 'PID')
    .split('\n')
    .filter(line => line !== '')
  return { status, signal, said: lines.map(line => JSON.parse(line) as Ended['said'][number]) }
}

describe('a process that ends itself says so, and ends as it would have', () => {
  test.each([
    ['process.exit', 'process.exit(3)', 3, null],
    ['process.exit by its name', 'process.exit(3)', 3, null],
    ['process.exit as Vitest keeps it', 'process.exit(3)', 3, null],
    ['process.reallyExit', 'process.reallyExit(3)', 3, null],
    ['process.abort', 'process.abort()', null, 'SIGABRT'],
    ['process.kill', "process.kill(PID, 'SIGKILL')", null, 'SIGKILL'],
    ['process.kill without a signal', 'process.kill(PID)', null, 'SIGTERM'],
  ])('%s', (way, call, code, killed) => {
    const { status, signal, said } = ended(way)
    expect({ status, signal }).toEqual({ status: code, signal: killed })
    expect(said).toEqual([
      {
        type: 'ending',
        call,
        stack: expect.stringMatching(/^ +at (Object\.)?ends /),
      },
    ])
    expect(said[0]?.stack).not.toContain('last-words')
  })

  test('also where a handler of the exit threw the first time', () => {
    const { status, said } = ended('an exit handler that throws')
    expect(status).toBe(3)
    expect(said.map(({ call }) => call)).toEqual(['process.exit(1)', 'process.exit(3)'])
  })

  test('but not of signals that end nothing', () => {
    expect(ended('harmless signals')).toEqual({ status: 0, signal: null, said: [] })
  })
})

function listen(): JournalEntry[] {
  const entries: JournalEntry[] = []
  const words = hearLastWords({ write: entry => entries.push(entry) })
  onTestFinished(() => words.close())
  return entries
}

describe('a call that blocks where nobody can look', () => {
  test('is told of before it begins and after it has ended', () => {
    const entries = listen()
    expect(execSync('echo 1', { encoding: 'utf8' })).toBe('1\n')
    expect(execFileSync(process.execPath, ['-p', '2'], { encoding: 'utf8' })).toBe('2\n')
    expect(childProcess.spawnSync('/nowhere').error).toMatchObject({ code: 'ENOENT' })
    const stack: unknown = expect.stringMatching(/^ +at .*last-words\.test\.ts:\d+:\d+/)
    expect(entries).toEqual([
      { type: 'call-began', call: "execSync('echo 1')", stack },
      { type: 'call-ended' },
      { type: 'call-began', call: `execFileSync('${process.execPath}', [ '-p', '2' ])`, stack },
      { type: 'call-ended' },
      { type: 'call-began', call: "spawnSync('/nowhere')", stack },
      { type: 'call-ended' },
    ])
  })

  test('is told to have ended also when it throws what it would have thrown', () => {
    const entries = listen()
    expect(() => execSync('exit 7', { stdio: 'ignore' })).toThrow(
      expect.objectContaining({ status: 7, message: 'Command failed: exit 7' }),
    )
    expect(() => execSync(7 as never)).toThrow(expect.objectContaining({ code: 'ERR_INVALID_ARG_TYPE' }))
    expect(entries.map(({ type }) => type)).toEqual(['call-began', 'call-ended', 'call-began', 'call-ended'])
  })
})

/** As the objects that have them and as modules that import them see them. */
function functions(): unknown[] {
  const ending = ['exit', 'reallyExit', 'abort', 'kill'].map((name): unknown => Reflect.get(process, name))
  return [...ending, childProcess.execSync, execSync, execFileSync, spawnSync]
}

test('when they are closed, every function is the one that it was', () => {
  const before = functions()
  const entries: JournalEntry[] = []
  const words = hearLastWords({ write: entry => entries.push(entry) })
  const wrapped = functions()
  expect(wrapped.some((one, index) => one === before[index])).toBe(false)
  words.close()
  expect(functions()).toEqual(before)
  expect(wrapped.every((one, index) => one !== functions()[index])).toBe(true)
  Reflect.apply(wrapped[4] as typeof execSync, childProcess, ['true'])
  expect(entries).toEqual([])
})
