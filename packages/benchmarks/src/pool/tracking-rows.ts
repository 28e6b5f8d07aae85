/** What tracking engines unasked costs whoever makes them: the same work in turns, watched and not. */
import { EventEmitter } from 'node:events'
import fs from 'node:fs'
import { Agent } from 'node:http'
import { fileURLToPath } from 'node:url'
import { compare, timed, type Effort } from '../measure/compare.ts'
import { rowOf, type Row } from '../report/row.ts'
import { closeAll, openGuards } from './guard-parts.ts'
import { inMicroseconds, repeated } from './repeated.ts'
import { bundleParts } from './worker-parts.ts'

const FILE = fileURLToPath(import.meta.url)

const works = {
  'new EventEmitter()': () => new EventEmitter(),
  'new http.Agent()': () => new Agent(),
  'fs.openSync, fs.closeSync': () => fs.closeSync(fs.openSync(FILE, 'r')),
} as const

export async function* trackingRows(effort: Effort): AsyncGenerator<Row> {
  await bundleParts()
  for (const [name, work] of Object.entries(works)) yield await watched(name, work, effort)
}

async function watched(name: string, work: () => unknown, effort: Effort): Promise<Row> {
  const run = timed({ run: repeated(work) })
  const whileTracking = async (times: number): Promise<number> => {
    const guards = await openGuards('engines')
    const time = await run(times)
    await closeAll(guards)
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
