/**
 * npm run matrix: every death of a worker at every moment, through the real CLI.
 *
 *     npm run matrix                                           every cell, on every supported Vitest
 *     npm run matrix -- --vitest 5.1 --death SIGKILL           a part of them, by parts of their names
 *     npm run matrix -- --moment teardown --repeat 50 --load   again and again, with every core busy
 *     npm run matrix -- --alone                                each cell in a run of its own
 *     npm run matrix -- --stock                                beside Vitest's own forks
 *     npm run matrix -- --markdown docs/deaths.md              the table of the documentation, stock included
 *
 * It ends with 1 where something came out otherwise than the contract says.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { bedsOf } from '@vitest-pool-lua/beds'
import type { MadeBed } from '@vitest-pool-lua/beds'
import { cellsOf } from './cell.ts'
import { underLoad } from './load.ts'
import { tableOf, withTable } from './markdown.ts'
import { optionsOf } from './options.ts'
import { reasonMissing } from './reason-missing.ts'
import { runMatrix } from './run-matrix.ts'

// An end from outside passes the handlers of `exit`, which end what runs.
process.once('SIGINT', () => process.exit(130))
process.once('SIGTERM', () => process.exit(143))

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    const options = optionsOf(args)
    const cells = cellsOf(options)
    const beds = await bedsOf(options.vitest)
    await refuseWhereItCannotRun(beds)
    const { said, problems } = await underLoad(options.load, () => runMatrix(beds, cells, options))
    if (options.stock) console.log(`\n${tableOf(said)}`)
    const page = options.markdown
    if (page !== null) writeFileSync(page, withTable(readFileSync(page, 'utf8'), said))
    for (const problem of problems) console.error(problem)
    console.log(problems.length === 0 ? '\nAll as the contract says.' : `\n${problems.length} problems.`)
    return problems.length === 0 ? 0 : 1
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 2
  }
}

async function refuseWhereItCannotRun(beds: readonly MadeBed[]): Promise<void> {
  const [bed] = beds
  const reason = bed === undefined ? undefined : await reasonMissing(bed)
  if (reason !== undefined) throw new Error(reason)
}
