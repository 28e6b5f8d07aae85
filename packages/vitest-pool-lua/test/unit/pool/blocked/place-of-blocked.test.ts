import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { exitOf, forwardOutput } from '../../../../src/pool/life/child.ts'
import { placeOfBlocked } from '../../../../src/pool/blocked/place-of-blocked.ts'
import type { BlockedPlace } from '../../../../src/protocol/blocked-place.ts'
import { testName } from '../../samples.ts'

const WORKER = fileURLToPath(new URL('./blocked-worker.ts', import.meta.url))

interface Blocked {
  readonly child: ChildProcess
  place(this: void, limit?: number): Promise<BlockedPlace | null>
  /** Ends the process, and gives all that it printed. */
  end(this: void): Promise<string>
}

/** A real process that is about to block; its stderr goes the way of a worker's. */
async function blocked(way: string, nodeOptions: readonly string[] = []): Promise<Blocked> {
  const execArgv = ['--conditions=dev', '--disable-warning=ExperimentalWarning', ...nodeOptions]
  const child = fork(WORKER, [way], { stdio: 'pipe', execArgv })
  onTestFinished(() => void child.kill('SIGKILL'))
  const stderr = new PassThrough()
  let printed = ''
  stderr.on('data', text => void (printed += String(text)))
  const stdout = new PassThrough()
  const { lines, drain } = forwardOutput(child, stdout, stderr)
  await once(stdout, 'data')
  return {
    child,
    place: limit => placeOfBlocked(child, { lines, ...(limit !== undefined && { limit }) }),
    async end() {
      const gone = exitOf(child)
      child.kill('SIGKILL')
      await gone
      await drain()
      return printed
    },
  }
}

/** The names of the functions that do not return, innermost first. */
function frames(place: BlockedPlace | null): string[] {
  return [
    ...(place?.stack ?? '').matchAll(
      /at (?!Immediate)(?:Object\.)?(\w+).*? \(.*\/blocked-worker\.ts:\d+:\d+\)/g,
    ),
  ].map(([, name]) => name ?? '')
}

describe('the place of a worker that is blocked by', () => {
  test.each([
    ['a loop', ['loop']],
    ['a recursion', ['inner', 'inner', 'inner', 'inner', 'outer']],
    ['a regular expression', ['match']],
    ['Atomics.wait', ['wait']],
    ['WebAssembly', ['enter']],
  ])('%s is known', async (way, names) => {
    const { place, end } = await blocked(way)
    const found = await place()
    expect(frames(found)).toEqual(names)
    expect(found?.test).toEqual(testName('blocks'))
    expect(found?.lua).toEqual([])
    expect(found?.stack).not.toMatch(/node:internal|wasm:|blocked-place|<anonymous>:1/)
    expect(await end()).toBe('')
  })

  // Between two ticks it is in Node's own code, where no test runs: it is asked some times, and may still be there. And
  // now and then Node ends by the question.
  test.each(['promises without end', 'ticks without end'])('%s is known', { retry: 5 }, async way => {
    const { place, end } = await blocked(way)
    const found = await place()
    expect(found?.test).toEqual(testName('blocks'))
    expect(found?.stack).toContain('blocked-worker.ts')
    expect(await end()).toBe('')
  })

  test.each(['execSync', 'its own SIGUSR1'])(
    '%s is not known, and nobody waits longer than the limit',
    async way => {
      const { place, end } = await blocked(way)
      expect(await place(500)).toBeNull()
      expect(await end()).toBe('')
    },
  )

  test('a loop is not known where Node may not listen to the signal', async () => {
    const { place } = await blocked('a loop', ['--disable-sigusr1'])
    expect(await place(500)).toBeNull()
  })
})

test('several blocked workers are asked at once', async () => {
  const workers = await Promise.all([
    blocked('a loop'),
    blocked('Atomics.wait'),
    blocked('a regular expression'),
  ])
  const places = await Promise.all(workers.map(({ place }) => place(10_000)))
  expect(places.map(frames)).toEqual([['loop'], ['wait'], ['match']])
})

test('a process that is gone has no place', async () => {
  const { place, end } = await blocked('a loop')
  await end()
  expect(await place(60_000)).toBeNull()
})

test('a process that ends while it is asked has no place', async () => {
  const { child, place } = await blocked('execSync')
  const asked = place(60_000)
  child.kill('SIGKILL')
  expect(await asked).toBeNull()
})

test('what the program printed is all there, what Node said about its inspector is not', async () => {
  const { place, end } = await blocked('a loop after output')
  await place()
  expect(await end()).toBe('trouble\nhalf a line, ')
})
