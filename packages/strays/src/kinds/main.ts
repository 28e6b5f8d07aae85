/**
 * npm run strays: every kind of process that a test can leave, with the worker alive and dead, through the real CLI.
 *
 *     npm run strays                                     every kind, on every supported Vitest
 *     npm run strays -- --vitest 5.1 --kind daemon       a part of them, by parts of their names
 *     npm run strays -- --tier tree                      found as on macOS, with ps
 *
 * It ends with 1 where anything is left of which the tier promises that nothing is.
 */
import { parseArgs } from 'node:util'
import { bedsOf } from '@vitest-pool-lua/beds'
import { KINDS } from './kinds.ts'
import { problemOf } from './problem.ts'
import { measureKind } from './measure.ts'
import type { KindCell, KindOutcome } from './measure.ts'
import { isPromised } from './promise.ts'

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const cells = await cellsOf(args)
    console.log('| stray | worker | Vitest | promised | left | the run took |\n|---|---|---|---|---|---|')
    let problems = 0
    let beyond = 0
    for (const cell of cells) {
      const outcome = await measureKind(cell)
      console.log(rowOf(cell, outcome))
      const problem = problemOf(cell, outcome)
      if (problem !== undefined) console.error(problem)
      if (problem !== undefined) problems += 1
      if (!isPromised(cell) && outcome.left.length > 0) beyond += 1
    }
    console.log(`\n${summary(problems, beyond)}`)
    return problems === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

async function cellsOf(args: readonly string[]): Promise<readonly KindCell[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vitest: { type: 'string', multiple: true, default: [] },
      kind: { type: 'string', multiple: true, default: [] },
      tier: { type: 'string', default: 'proc' },
    },
  })
  const { tier } = values
  if (tier !== 'proc' && tier !== 'tree')
    throw new Error(`There is no tier ${tier}: allowed are proc and tree.`)
  const kinds = KINDS.filter(
    name => values.kind.length === 0 || values.kind.some(part => name.includes(part)),
  )
  if (kinds.length === 0) throw new Error(`There is no such kind. There are: ${KINDS.join('; ')}.`)
  const beds = await bedsOf(values.vitest)
  return ['nothing', ...kinds].flatMap(kind =>
    beds.flatMap(bed => (['alive', 'dead'] as const).map(worker => ({ bed, kind, worker, tier }))),
  )
}

function rowOf(cell: KindCell, { left, ms }: KindOutcome): string {
  const { kind, worker, bed } = cell
  const promised = isPromised(cell) ? 'yes' : 'no'
  const what = left.length === 0 ? 'nothing' : left.join('; ')
  return `| ${[kind, worker, bed.vitest, promised, what, `${ms} ms`].join(' | ')} |`
}

/** @param beyond how many cells left something that is not promised to be ended */
function summary(problems: number, beyond: number): string {
  if (problems > 0) return `${problems} problems.`
  if (beyond === 0) return 'Nothing was left.'
  return `What the tier promises holds. ${beyond} runs left something that it does not promise to end.`
}
