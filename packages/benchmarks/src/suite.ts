/** What a suite is: one folder beside this file, entered in `suites.ts`. */
import type { Report } from './report/report.ts'

export interface Suite {
  /** One line for the list of suites. */
  readonly about: string
  /** What can be chosen of it by name; all of it by default. */
  readonly parts: readonly string[]
  run(request: SuiteRequest, report: Report): Promise<void>
}

export interface SuiteRequest {
  readonly parts: readonly string[]
  /** Few rounds: shows that everything runs, its figures are rough. */
  readonly quick: boolean
}
