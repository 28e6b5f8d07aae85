/** Runs each line of docs/lupa.md on every runtime. */
import { describe, expect, onTestFinished, test } from 'vitest'
import * as state from '../../src/index.ts'
import { onEveryRuntime } from '../every-runtime.ts'
import { readPage, type Example, type Outcome } from './page.ts'

const { shared, sections } = readPage()

/** The longest takes about a second (processes start): what has not ended after this many ms does not end. */
const hangs = 60_000

await onEveryRuntime((fresh, runtime) => {
  describe.for(sections)('$title', ({ examples }) => {
    test.for(examples)('$code', { timeout: hangs }, async ({ code, outcome, elsewhere }) => {
      onTestFinished(() => void state.disposeAll())
      const scope = { ...state, lua: fresh(), runtime }
      const expected = elsewhere.get(runtime) ?? outcome
      const given = await outcomeOf(() => evaluate(code, scope))
      expect(given).toEqual(await expectation(expected, scope))
    })
  })
})

test('the page has examples in each section', () => {
  const counts = sections.map(({ examples }: { examples: readonly Example[] }) => examples.length)
  expect(Math.min(...counts)).toBeGreaterThan(1)
})

type Result = { gave: unknown } | { threw: unknown }

async function outcomeOf(body: () => Promise<unknown>): Promise<Result> {
  try {
    return { gave: await body() }
  } catch (error) {
    return { threw: error }
  }
}

async function expectation(outcome: Outcome, scope: object): Promise<Result> {
  if (outcome.kind === 'gives') return { gave: await evaluate(outcome.value, scope) }
  const kind = outcome.error.startsWith('LUA_') ? 'code' : 'name'
  return { threw: expect.objectContaining({ [kind]: outcome.error }) }
}

/** Statements, the last of which is an expression: its value. */
function evaluate(code: string, scope: object): Promise<unknown> {
  const statements = code.split('; ')
  const last = statements.pop()
  const body = [shared, ...statements, `return (${last}\n)`].join('\n')
  return new AsyncFunction(...Object.keys(scope), body)(...Object.values(scope))
}

const AsyncFunction = (async () => {}).constructor as new (
  ...source: string[]
) => (...args: unknown[]) => Promise<unknown>
