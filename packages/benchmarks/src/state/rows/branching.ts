/**
 * A branch from its start to its end, in a process of its own, against such a process written by hand. By the
 * clock, because other processes do the work.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { branches, type RuntimeName } from '@vitest-pool-lua/state'
import { compare, timed, wallTime, type Contender } from '../../measure/compare.ts'
import type { Row } from '../../report/row.ts'
import type { Settings } from '../settings.ts'
import { timesRow } from './rows-of.ts'

const chunk = 'return 40 + 2'

export async function* branchingRows(runtime: RuntimeName, settings: Settings): AsyncGenerator<Row> {
  const contenders = [
    contender('state', async () => {
      const [result] = await branches(1, { runtime, chunk })
      return result?.status === 'fulfilled' ? result.value : result?.reason
    }),
    contender('by hand', () => forked(runtime)),
  ]
  yield timesRow('a branch, from start to end', 'ms', await compare(contenders, settings))
}

function contender(name: string, branch: () => Promise<unknown>): Contender {
  const run = async () => {
    const result = await branch()
    if (result !== 42) throw new Error(`A branch ${name} gave ${String(result)}.`)
  }
  return { name, sample: timed({ run }, wallTime), most: 1 }
}

async function forked(runtime: RuntimeName): Promise<unknown> {
  const branch = fork(new URL('../branch-by-hand.js', import.meta.url), [runtime, chunk])
  const [[result]] = await Promise.all([once(branch, 'message'), once(branch, 'close')])
  return result
}
