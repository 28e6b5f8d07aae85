/**
 * What accounting for every test costs.
 *
 *     npm run bench -- pool
 *     npm run bench -- pool journal
 *     npm run bench -- pool tracking
 */
import type { Report } from '../report/report.ts'
import type { Suite, SuiteRequest } from '../suite.ts'
import { journalRows } from './journal-rows.ts'
import { trackingRows } from './tracking-rows.ts'

const parts = {
  journal: { rows: journalRows, sides: ['journal', 'bare write'] },
  tracking: { rows: trackingRows, sides: ['tracked', 'bare', 'allowed'] },
} as const

export const poolSuite: Suite = {
  about: 'what the pool does for every file and test, against doing nothing or the bare least',
  parts: Object.keys(parts),
  run,
}

async function run({ parts: chosen, quick }: SuiteRequest, report: Report): Promise<void> {
  const effort = quick ? { rounds: 3, sample: 10 } : { rounds: 15, sample: 50 }
  report.note(`Rounds: ${effort.rounds}, the sides in turn; times are the least CPU time of all rounds.`)
  for (const name of chosen as (keyof typeof parts)[]) {
    const { rows, sides } = parts[name]
    report.open(name, sides)
    for await (const row of rows(effort)) report.row(row)
  }
}
