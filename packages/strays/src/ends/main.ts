/**
 * npm run reaper: every way in which a main process can end, while its test awaits or spins, through the real CLI.
 *
 *     npm run reaper                                       every cell, on every supported Vitest
 *     npm run reaper -- --vitest 5.1 --way SIGKILL         a part of them, by parts of their names
 *     npm run reaper -- --state spins --repeat 20          again and again
 *
 * It ends with 1 where anything is left after 2 s, or a reaper that does not end.
 */
import { parseArgs } from 'node:util'
import { bedsOf } from '@vitest-pool-lua/beds'
import { measure } from './measure.ts'
import type { Cell, State } from './measure.ts'
import { problemOf, rowOf, tableHead } from './table.ts'
import { waysNamed } from './ways.ts'

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const { cells, repeat } = await cellsOf(args)
    console.log(tableHead)
    let problems = 0
    for (const cell of cells.flatMap(one => Array.from({ length: repeat }, () => one))) {
      const outcome = await measure(cell)
      console.log(rowOf(cell, outcome))
      const problem = problemOf(outcome)
      if (problem !== undefined) console.error(problem)
      if (problem !== undefined) problems += 1
    }
    console.log(problems === 0 ? '\nNothing was left.' : `\n${problems} problems.`)
    return problems === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

async function cellsOf(args: readonly string[]): Promise<{ cells: readonly Cell[]; repeat: number }> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vitest: { type: 'string', multiple: true, default: [] },
      way: { type: 'string', multiple: true, default: [] },
      state: { type: 'string', multiple: true, default: ['awaits', 'spins'] },
      repeat: { type: 'string', default: '1' },
    },
  })
  const ways = waysNamed(values.way)
  const states = values.state.map(stateNamed)
  const beds = await bedsOf(values.vitest)
  const cells = ways.flatMap(way => states.flatMap(state => beds.map(bed => ({ way, state, bed }))))
  return { cells, repeat: Number(values.repeat) }
}

function stateNamed(name: string): State {
  if (name === 'awaits' || name === 'spins') return name
  throw new Error(`--state is awaits or spins, not '${name}'.`)
}
