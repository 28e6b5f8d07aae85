import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { TOLD, errorsOf, runDeaths } from '../bed/run-deaths.ts'
import { runAgain } from '../bed/run-vitest.ts'
import { outcomes, readTold } from '../bed/told.ts'
import { SUPPORTED } from '../bed/vitests.ts'

const REPORTERS = [
  '--reporter=verbose',
  TOLD,
  '--reporter=json',
  '--outputFile.json=report.json',
  '--reporter=junit',
  '--outputFile.junit=report.xml',
]

describe.each(SUPPORTED)('on $name', bed => {
  test('snapshots: old ones are not obsolete, new ones are written, inline too', async () => {
    const { folder, stdout } = await runDeaths(bed, ['snapshots'])
    expect(stdout).toMatch(/Snapshots {2}4 written\n/)
    expect(snapshotsIn(folder)).toMatchInlineSnapshot(`
      "dies 1: "kept though it dies"
      differs 1: "old"
      matches 1: "kept"
      matches after it 1: "kept too"
      new 1: "before the death"
      new after it 1: "after the death"
      inline: \`"inline, before the death"\`
      inline: \`"inline, after the death"\`"
    `)
  })

  test('snapshots with -u: those of the dead worker are updated, and none is removed', async () => {
    const { folder, stdout } = await runDeaths(bed, ['snapshots', '-u'], {})
    expect(stdout).toMatch(/Snapshots {2}4 written\n\s+1 updated *\n/)
    expect(snapshotsIn(folder)).toMatchInlineSnapshot(`
      "dies 1: "kept though it dies"
      differs 1: "new"
      matches 1: "kept"
      matches after it 1: "kept too"
      new 1: "before the death"
      new after it 1: "after the death"
      inline: \`"inline, before the death"\`
      inline: \`"inline, after the death"\`"
    `)
  })

  test('output, annotations and errors of tests that had ended are there once, in order', async () => {
    const done = await runDeaths(bed, ['output', ...REPORTERS])
    const { tasks, printed } = done.told
    expect(outcomes(done.told, 'output')).toEqual({
      prints: 'passed',
      annotates: 'passed',
      'fails softly': 'failed',
      'is finished': 'passed',
      dies: 'failed',
      'prints after it': 'passed, resumed',
      'skips itself': 'skipped, resumed',
    })
    expect(tasks['output > annotates']).toMatchObject({
      annotations: [
        ['a note', false],
        ['with a file', true],
      ],
      own: { kept: true },
    })
    expect(tasks['output > dies']?.annotations).toEqual([['before it dies', false]])
    expect(errorsOf(done, 'output > fails softly')).toHaveLength(2)
    expect(printed.stderr).toBe('output: to stderr\n')
    expect(printed.stdout?.replaceAll('output: ', '').trim().replaceAll('\n', ', ')).toBe(
      'at import, one, two, finished, last words, at import, three, the end',
    )
    const json = JSON.parse(readFileSync(join(done.folder, 'report.json'), 'utf8')) as object
    expect(json).toMatchObject({ numTotalTests: 7, numPassedTests: 4, numFailedTests: 2, numPendingTests: 1 })
    expect(readFileSync(join(done.folder, 'report.xml'), 'utf8')).toContain('tests="7" failures="2"')
  })

  test('blob reports of it, merged, say the same', async () => {
    const { folder } = await runDeaths(bed, ['output', 'sequential', '--reporter=blob', TOLD])
    const live = readTold(folder)
    const merged = await runAgain(bed, folder, { args: ['--merge-reports', '--reporter=tap-flat', TOLD] })
    for (const file of ['output', 'sequential']) {
      expect(outcomes(readTold(folder), file)).toEqual(outcomes(live, file))
    }
    expect(merged.stdout.match(/^(ok|not ok) .*?(?= # time|$)/gm)).toMatchInlineSnapshot(`
      [
        "ok 1 - test/output.test.ts > prints",
        "ok 2 - test/output.test.ts > annotates",
        "not ok 3 - test/output.test.ts > fails softly",
        "ok 4 - test/output.test.ts > is finished",
        "not ok 5 - test/output.test.ts > dies",
        "ok 6 - test/output.test.ts > prints after it",
        "ok 7 - test/output.test.ts > skips itself # SKIP",
        "ok 8 - test/sequential.test.ts > in order > first",
        "not ok 9 - test/sequential.test.ts > in order > dies",
        "not ok 10 - test/sequential.test.ts > in order > third",
        "not ok 11 - test/sequential.test.ts > in order > nested > fourth",
        "ok 12 - test/sequential.test.ts > another > goes on",
      ]
    `)
  })
})

function snapshotsIn(folder: string): string {
  const stored = readFileSync(join(folder, 'test/__snapshots__/snapshots.test.ts.snap'), 'utf8')
  const inline = /toMatchInlineSnapshot\((.*)\)\)/g
  const source = readFileSync(join(folder, 'test/snapshots.test.ts'), 'utf8')
  const stand = [...stored.matchAll(/^exports\[`(.*)`\] = `(.*)`;$/gm)].map(
    ([, name, value]) => `${name}: ${value}`,
  )
  return [...stand, ...[...source.matchAll(inline)].map(([, value]) => `inline: ${value}`)].join('\n')
}
