/** Work that is too short for the clock. */

/** Does it so often. */
export function repeated(work: () => unknown): (times: number) => void {
  return times => {
    for (let time = 0; time < times; time++) work()
  }
}

/** The least time of each, by name; they were measured in ms. */
export function inMicroseconds(
  times: ReadonlyMap<string, { readonly best: number }>,
): Record<string, number> {
  return Object.fromEntries([...times].map(([name, { best }]) => [name, best * 1_000]))
}
