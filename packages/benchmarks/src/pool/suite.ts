/**
 * What accounting for every test costs.
 *
 *     npm run bench -- pool
 *     npm run bench -- pool journal
 */
import type { Report } from '../report/report.ts'
import type { Suite, SuiteRequest } from '../suite.ts'
import { journalRows } from './journal-rows.ts'

const parts = { journal: journalRows } as const

export const poolSuite: Suite = {
  about: 'the pool against bare writes of the same text',
  parts: Object.keys(parts),
  run,
}

async function run({ parts: chosen, quick }: SuiteRequest, report: Report): Promise<void> {
  const effort = quick ? { rounds: 3, sample: 10 } : { rounds: 15, sample: 50 }
  report.note(`Rounds: ${effort.rounds}, the sides in turn; times are the least CPU time of all rounds.`)
  for (const name of chosen as (keyof typeof parts)[]) {
    report.open(name, ['journal', 'bare write'])
    for await (const row of parts[name](effort)) report.row(row)
  }
}
