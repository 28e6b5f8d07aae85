/**
 * npm run strays: every kind of process that a test can leave, with the worker alive and dead, through the real CLI.
 *
 *     npm run strays                                     every kind, on every supported Vitest
 *     npm run strays -- --vitest 5.1 --kind daemon       a part of them, by parts of their names
 *
 * It ends with 1 where anything is left.
 */
import { parseArgs } from 'node:util'
import { bedsOf } from '@vitest-pool-lua/beds'
import { KINDS } from './kinds.ts'
import { problemOf } from './problem.ts'
import { measureKind } from './measure.ts'
import type { KindCell, KindOutcome } from './measure.ts'

process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const cells = await cellsOf(args)
    console.log('| stray | worker | Vitest | left | the run took |\n|---|---|---|---|---|')
    let problems = 0
    for (const cell of cells) {
      const outcome = await measureKind(cell)
      console.log(rowOf(cell, outcome))
      const problem = problemOf(cell, outcome)
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

async function cellsOf(args: readonly string[]): Promise<readonly KindCell[]> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vitest: { type: 'string', multiple: true, default: [] },
      kind: { type: 'string', multiple: true, default: [] },
    },
  })
  const kinds = KINDS.filter(
    name => values.kind.length === 0 || values.kind.some(part => name.includes(part)),
  )
  if (kinds.length === 0) throw new Error(`There is no such kind. There are: ${KINDS.join('; ')}.`)
  const beds = await bedsOf(values.vitest)
  return ['nothing', ...kinds].flatMap(kind =>
    beds.flatMap(bed => (['alive', 'dead'] as const).map(worker => ({ bed, kind, worker }))),
  )
}

function rowOf({ kind, worker, bed }: KindCell, { left, ms }: KindOutcome): string {
  return `| ${[kind, worker, bed.vitest, left.length === 0 ? 'nothing' : left.join('; '), `${ms} ms`].join(' | ')} |`
}
