/** Tests that do to their worker what nobody should: each costs what it costs, and no other result. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runVitest } from '../bed/run-vitest.ts'
import { SUPPORTED } from '../bed/vitests.ts'

interface JsonResults {
  readonly testResults: readonly {
    readonly name: string
    readonly assertionResults: readonly {
      readonly title: string
      readonly status: string
      readonly failureMessages: readonly string[]
    }[]
  }[]
}

describe.each(SUPPORTED)('on $name', bed => {
  test('every test of hostile files has its result', { timeout: 120_000 }, async () => {
    const run = await runVitest(bed, 'hostile', {
      args: ['--reporter=json', '--outputFile=results.json', '--silent'],
    })
    const { testResults } = JSON.parse(readFileSync(join(run.folder, 'results.json'), 'utf8')) as JsonResults
    const results = testResults
      .toSorted((one, other) => (one.name < other.name ? -1 : 1))
      .map(file => [
        file.name.replace(/.*test\//, ''),
        file.assertionResults.map(({ title, status }) => `${title}: ${status}`),
      ])
    expect(Object.fromEntries(results)).toEqual({
      'again.test.ts': ['dies: failed', 'last: failed'],
      'closes.test.ts': [
        'closes descriptors that are not its own: passed',
        'dies: failed',
        'runs after both: passed',
      ],
      'json.test.ts': ['leaves JSON replaced: passed', 'runs after it: passed'],
      'large.test.ts': ['has an error of 20 MB: failed', 'runs after it: passed'],
      'meta.test.ts': ['has a function in its meta: passed', 'runs after it: passed'],
      'otherwise.test.ts': ['first: passed', 'dies: failed', 'last: failed'],
      'prints.test.ts': ['prints for ever: failed', 'runs after it: passed'],
    })
    const reasons = testResults.flatMap(({ assertionResults }) =>
      assertionResults
        .filter(({ title }) => title === 'last')
        .flatMap(({ failureMessages }) => failureMessages),
    )
    expect(reasons.join('\n')).toContain('the fresh worker could not import it again: only once')
    expect(reasons.join('\n')).toContain('collected it otherwise than the first one')
    expect(run.code).toBe(1)
  })
})
