/**
 * What accounting for every test costs, and what leaving nothing behind does.
 *
 *     npm run bench -- pool
 *     npm run bench -- pool journal
 *     npm run bench -- pool guards
 *     npm run bench -- pool tracking
 *     npm run bench -- pool sweep
 */
import type { Report } from '../report/report.ts'
import type { Suite, SuiteRequest } from '../suite.ts'
import { guardRows } from './guard-rows.ts'
import { journalRows } from './journal-rows.ts'
import { sweepRows } from './sweep-rows.ts'
import { trackingRows } from './tracking-rows.ts'

const parts = {
  journal: { rows: journalRows, sides: ['journal', 'bare write'] },
  guards: { rows: guardRows, sides: ['guards', 'allowed'] },
  tracking: { rows: trackingRows, sides: ['tracked', 'bare'] },
  sweep: { rows: sweepRows, sides: ['sweep', 'not told', 'pidtree', 'tree-kill', 'allowed'] },
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
