#!/usr/bin/env node
/** npx vitest-pool-lua sweep: ends what earlier runs have left on this machine, and lists it first. */
import { HELP, commandOf } from './command.ts'
import { endLeftover, findLeftovers, isToBeEnded } from './leftovers.ts'
import type { Failure } from './leftovers.ts'
import { listOf, summaryOf } from './words.ts'

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error(`vitest-pool-lua: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}

async function run(args: readonly string[]): Promise<number> {
  const command = commandOf(args)
  switch (command.kind) {
    case 'help':
      console.log(HELP)
      return 0
    case 'refused':
      console.error(`vitest-pool-lua: ${command.says}.\n\n${HELP}`)
      return 2
    case 'sweep':
      return await sweepMachine(command.dryRun)
  }
}

async function sweepMachine(dryRun: boolean): Promise<number> {
  if (process.platform !== 'linux')
    console.log(
      'Processes of earlier runs can be recognised on Linux only: here only folders are looked for.',
    )
  const leftovers = await findLeftovers()
  console.log(listOf(leftovers))
  const toBeEnded = leftovers.filter(isToBeEnded)
  if (toBeEnded.length === 0) return 0
  if (dryRun) return 1
  const failures: Failure[] = []
  for (const leftover of toBeEnded) failures.push(...(await endLeftover(leftover)))
  console.log(summaryOf(toBeEnded, failures))
  return failures.length === 0 ? 0 : 1
}
