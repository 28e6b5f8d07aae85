/**
 * A sweep beside pidtree and tree-kill, which do a part of what it does: pidtree finds the descendants of a living
 * root, tree-kill ends them and does not wait until they are gone. Wall time, because they run programs.
 */
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { identityOf, sweep } from '@vitest-pool-lua/sweep'
import { pidtree } from 'pidtree'
import treeKill from 'tree-kill'
import { type Effort, wallTime } from '../measure/compare.ts'
import { rowOf, type Row } from '../report/row.ts'
import { countProcesses, crowdUpTo, endTree, tree } from './crowd.ts'

const CROWD = 530
const TREE = 11
/** ms. */
const ALLOWED = 10

/** Nobody has these marks, which is what every clean file looks like. */
const target = () => ({ cookie: { name: 'BENCHMARK', value: randomUUID() }, brand: { from: 7, to: 7 } })

export async function* sweepRows(effort: Effort): AsyncGenerator<Row> {
  const rounds = effort.rounds * 3
  yield* await finding(rounds)
  const crowd = await crowdUpTo(CROWD)
  yield* await finding(rounds)
  yield* await ending(effort.rounds)
  await crowd.end()
}

/** A sweep as workers do it: told that nothing older than the worker can have the marks. */
async function finding(rounds: number): Promise<readonly Row[]> {
  const worker = await tree(1)
  const since = identityOf(worker.pid ?? 0)
  const times = await inTurns(rounds, {
    sweep: measured(() => sweep(target(), since && { since })),
    'not told': measured(() => sweep(target())),
    pidtree: measured(() => pidtree(process.pid)),
  })
  await endTree(worker)
  return rowsOf(`finding, ${countProcesses()} processes`, times, { allowed: ALLOWED })
}

/** Until the root is gone; what was not found is ended after that. */
async function ending(rounds: number): Promise<readonly Row[]> {
  const times = await inTurns(rounds, {
    sweep: ended(async ({ pid = 0 }) => await sweep({ roots: [pid], includeRoots: true }, { termAfter: 0 })),
    'tree-kill': ended(async ({ pid = 0 }) => await killTree(pid)),
  })
  return rowsOf(`ending a tree of ${TREE}, ${countProcesses()} processes`, times)
}

function rowsOf(
  name: string,
  sides: ReadonlyMap<string, readonly number[]>,
  more: Readonly<Record<string, number>> = {},
): readonly Row[] {
  const goals = Object.fromEntries(Object.keys(more).map(side => [side, 1]))
  const row = (words: string, of: (times: readonly number[]) => number): Row => {
    const values = Object.fromEntries([...sides].map(([side, times]) => [side, of(times)]))
    return rowOf(`${name}: ${words}`, 'ms', { ...values, ...more }, goals)
  }
  return [row('least', times => Math.min(...times)), row('median', medianOf)]
}

async function killTree(root: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  treeKill(root, 'SIGKILL', error => (error ? reject(error) : resolve()))
  await promise
}

type Measurement = () => Promise<number>

function measured(work: () => Promise<unknown>): Measurement {
  return async () => {
    const start = wallTime()
    await work()
    return wallTime() - start
  }
}

function ended(end: (root: ChildProcess) => Promise<unknown>): Measurement {
  return async () => {
    const root = await tree(TREE - 1)
    const exit = once(root, 'exit')
    const time = await measured(async () => await Promise.all([end(root), exit]))()
    await endTree(root)
    return time
  }
}

/** In ms, by side. */
async function inTurns(
  rounds: number,
  sides: Readonly<Record<string, Measurement>>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const samples = new Map(Object.keys(sides).map(name => [name, [] as number[]]))
  for (let round = 0; round < rounds; round++) {
    for (const [name, times] of samples) times.push((await sides[name]?.()) ?? 0)
  }
  return samples
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] as number
}
