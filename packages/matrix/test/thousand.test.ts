import { expect, test } from 'vitest'
import { bedsOf } from '@vitest-pool-lua/beds'
import type { MadeBed } from '@vitest-pool-lua/beds'
import { templateOf } from '../src/project.ts'
import { reasonMissing } from '../src/reason-missing.ts'
import { runProject } from '../src/run-project.ts'

test.for(['5.1', '4.1'])(
  'a file of 1,000 tests whose 500th is killed keeps 999 results, on Vitest %s',
  async (vitest, { skip }) => {
    const [bed] = (await bedsOf([vitest])) as [MadeBed]
    const reason = await reasonMissing(bed)
    skip(reason !== undefined, reason)
    const files = { thousand: templateOf('thousand') }
    const run = await runProject({ bed: bed.folder, pool: 'lua', files, limit: 60_000 })
    if (run.status === 'hung') throw new Error(`The run hung: ${run.output}`)
    const tests = run.files.find(({ file }) => file === 'thousand')?.tests ?? []
    const named = (state: string): readonly string[] =>
      tests.filter(one => one.state === state).map(({ name }) => name)
    expect(tests).toHaveLength(1_000)
    expect(named('failed')).toEqual(['number 500'])
    expect(named('passed')).toHaveLength(999)
    expect(run.exitCode).toBe(1)
  },
)
