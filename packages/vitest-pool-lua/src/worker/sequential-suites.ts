/**
 * The suites that ask for their tests to be run in order: `describe.sequential` in Vitest 4.1,
 * `describe(name, { concurrent: false }, ...)` in 5. Their tasks do not say so; what collects them does, and can be
 * found as long as the file is being collected.
 */

/** What Vitest has for each `describe` while it collects. */
export interface Collector {
  readonly type?: string
  readonly options?: { readonly sequential?: boolean; readonly concurrent?: boolean }
  readonly suite?: { readonly id: string }
  readonly tasks?: readonly Collector[]
}

/** @param outermost the collectors at the top of the file, after it has been collected */
export function sequentialSuites(outermost: readonly Collector[]): string[] {
  return outermost.flatMap(({ type, options, suite, tasks = [] }) => {
    if (type !== 'collector') return []
    const asks = options?.sequential === true || options?.concurrent === false
    return asks && suite !== undefined ? [suite.id] : sequentialSuites(tasks)
  })
}
