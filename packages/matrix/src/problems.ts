/**
 * Holds what came of a run against what was expected of it. Each problem is one sentence; none is as it should be.
 *
 *     problemsOfRun(cells, outcome)     // what concerns the whole run
 *     problemsOfCell(cell, outcome)     // what concerns the file of one cell
 */
import { fileOf } from './cell.ts'
import type { Cell } from './cell.ts'
import { expectationOf } from './expectation.ts'
import type { Expectation } from './expectation.ts'
import type { DeathOutcome, FileOutcome, RunEnded, RunOutcome, TestOutcome } from './outcome.ts'
import { BYSTANDERS } from './project.ts'

export function problemsOfRun(cells: readonly Cell[], run: RunOutcome): readonly string[] {
  if (run.status === 'hung') return [`had not ended after ${Math.round(run.ms / 1000)} s`]
  return [
    ...problemOf('exit code', exitCodesOf(cells), run.exitCode),
    ...BYSTANDERS.flatMap(name => problemsOfBystander(name, run)),
    ...run.unhandled
      .filter(error => !cells.some(one => concerns(one, error)))
      .map(error => `unhandled: ${error}`),
    ...run.left.map(command => `left running: ${command}`),
  ]
}

export function problemsOfCell(cell: Cell, run: RunOutcome): readonly string[] {
  if (run.status === 'hung') return ['the run hung']
  const expected = expectationOf(cell)
  const file = run.files.find(one => one.file === fileOf(cell))
  if (file === undefined) return ['nothing was told of the file']
  return [
    ...problemOf('file', [expected.file], file.state),
    ...problemsOfTests(expected, file),
    ...problemsOfSuites(expected, file),
    ...problemsOfDeaths(cell, file.deaths),
    ...problemsOfUnhandled(expected, errorsOf(cell, run)),
  ]
}

/** Errors that belong to no test, and to this cell. */
export function errorsOf(cell: Cell, run: RunOutcome): readonly string[] {
  return run.status === 'hung' ? [] : run.unhandled.filter(error => concerns(cell, error))
}

/** Cells of one run have the same, except where one may come or not. */
function exitCodesOf(cells: readonly Cell[]): readonly number[] {
  const [first, ...others] = cells.map(cell => expectationOf(cell).exitCodes)
  return (first ?? []).filter(code => others.every(codes => codes.includes(code)))
}

/** The fixture says in its errors which cell they are. */
function concerns({ death, moment }: Cell, error: string): boolean {
  return error.includes(`${death.name} at ${moment.name}: `)
}

function problemsOfBystander(name: string, run: RunEnded): readonly string[] {
  const states = run.files.find(({ file }) => file === name)?.tests.map(({ state }) => state) ?? []
  return problemOf(name, ['passed, passed'], states.join(', '))
}

function problemsOfTests(expected: Expectation, file: FileOutcome): readonly string[] {
  const found = new Map(file.tests.map(test => [test.name, test]))
  const names = new Set([...Object.keys(expected.tests), ...found.keys()])
  return [...names].flatMap(name => problemsOfTest(name, expected, found.get(name)))
}

function problemsOfTest(
  name: string,
  { tests, resumed }: Expectation,
  found: TestOutcome | undefined,
): readonly string[] {
  const hasError = (found?.errors.length ?? 0) > 0
  return [
    ...problemOf(name, [tests[name]], found?.state),
    ...problemOf(`${name}: resumed`, [resumed.includes(name)], found?.lua.resumed ?? false),
    ...problemOf(`${name}: has an error`, [tests[name] === 'failed'], hasError),
  ]
}

function problemsOfSuites({ failedSuite }: Expectation, file: FileOutcome): readonly string[] {
  const failed = [{ name: '', errors: file.errors }, ...file.suites].filter(({ errors }) => errors.length > 0)
  const expected = failedSuite === null ? [] : [failedSuite]
  // A file that could not be collected has an error and no tests.
  if (file.tests.length === 0) return problemOf('errors of the file', [true], file.errors.length > 0)
  return problemOf('suites with an error', [expected.join()], failed.map(({ name }) => name).join())
}

function problemsOfDeaths(cell: Cell, deaths: readonly DeathOutcome[]): readonly string[] {
  const { verdicts, culprits, hook } = expectationOf(cell)
  const [death] = deaths
  if (deaths.length > 1) return [`${deaths.length} deaths: ${deaths.map(({ words }) => words).join('; ')}`]
  const verdict = problemOf('verdict', verdicts, death?.verdict ?? null)
  if (death === undefined) return verdict
  return [
    ...verdict,
    ...problemOf('test of the death', culprits, death.test?.fullName ?? null),
    ...problemOf('hook of the death', [hook], death.hook?.name ?? null),
    ...(cell.death.words.test(death.words) ? [] : [`words: "${death.words}" without ${cell.death.words}`]),
  ]
}

function problemsOfUnhandled({ unhandled }: Expectation, errors: readonly string[]): readonly string[] {
  if (unhandled === 'perhaps') return []
  return problemOf('an unhandled error', [unhandled === 'yes'], errors.length > 0)
}

function problemOf(what: string, expected: readonly unknown[], found: unknown): readonly string[] {
  if (expected.includes(found)) return []
  return [`${what}: expected ${expected.map(String).join(' or ')}, found ${String(found)}`]
}
