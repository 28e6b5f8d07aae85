/**
 * What it costs to track engines and descriptors unasked. The issue that it answers allows a clean file 5 ms and a
 * clean test 0.3 ms, processes included: that stands as a side of its own.
 */
import { execFileSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { Agent } from 'node:http'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compare, timed, type Effort } from '../measure/compare.ts'
import { rowOf, type Row } from '../report/row.ts'
import { loadBase, loadTracking } from './tracking-modules.ts'

const FILE = fileURLToPath(new URL('./tracking-file.js', import.meta.url))
const TEST = { name: { id: '1', fullName: 'a test' }, timeout: 0 }
const ALLOWED = { test: 300, file: 5_000 }

export async function* trackingRows(effort: Effort): AsyncGenerator<Row> {
  yield aFile(effort)
  yield await aTest(effort)
  for (const [name, work] of Object.entries(works)) yield await watched(name, work, effort)
}

/** The first one fills the compile cache. */
function aFile({ rounds }: Effort): Row {
  const cache = mkdtempSync(join(tmpdir(), 'tracking-'))
  const run = (): number => {
    const printed = execFileSync(process.execPath, [...process.execArgv, FILE, cache], { encoding: 'utf8' })
    const { load, rest } = JSON.parse(printed) as { load: number; rest: number }
    return (load + rest) * 1_000
  }
  run()
  const best = Math.min(...Array.from({ length: rounds }, run))
  rmSync(cache, { recursive: true })
  return rowOf('a file that opens nothing', 'µs', { tracked: best, allowed: ALLOWED.file }, { allowed: 1 })
}

async function aTest(effort: Effort): Promise<Row> {
  const open = await openTracking()
  const { descriptors } = open
  const times = await compare(
    [
      {
        name: 'tracked',
        sample: timed({
          run: repeated(() => {
            descriptors.beforeTest?.()
            descriptors.afterTest?.(TEST, true)
          }),
        }),
      },
      { name: 'bare', sample: timed({ run: repeated(() => readdirSync('/proc/self/fd')) }) },
    ],
    effort,
  )
  await open.close()
  const values = inMicroseconds(times)
  return rowOf('a test that opens nothing', 'µs', { ...values, allowed: ALLOWED.test }, { allowed: 1 })
}

const works = {
  'new EventEmitter()': () => new EventEmitter(),
  'new http.Agent()': () => new Agent(),
  'fs.openSync, fs.closeSync': () => fs.closeSync(fs.openSync(FILE, 'r')),
} as const

/** The same work in turns, watched and not. */
async function watched(name: string, work: () => unknown, effort: Effort): Promise<Row> {
  const run = timed({ run: repeated(work) })
  const whileTracking = async (times: number): Promise<number> => {
    const open = await openTracking()
    const time = run(times)
    await open.close()
    return time
  }
  const times = await compare(
    [
      { name: 'tracked', sample: whileTracking, most: 10_000 },
      { name: 'bare', sample: run },
    ],
    effort,
  )
  return rowOf(name, 'µs', inMicroseconds(times))
}

async function openTracking() {
  const [base, tracking] = await Promise.all([loadBase(), loadTracking()])
  const engines = base.enginesGuard()
  const tracked = tracking.trackEngines(engines, base.createTestClock(1_000))
  const guards = tracking.releasedGuards({ tracking: tracked, settle: 0 })
  return { ...guards, close: async () => void (await guards.released.close()) }
}

function inMicroseconds(times: ReadonlyMap<string, { readonly best: number }>): Record<string, number> {
  return Object.fromEntries([...times].map(([side, { best }]) => [side, best * 1_000]))
}

function repeated(work: () => unknown): (times: number) => void {
  return times => {
    for (let time = 0; time < times; time++) work()
  }
}
