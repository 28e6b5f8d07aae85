/** Runs a body for 0..count-1, so many at once, and gives the results in order. */

/**
 * The first failure aborts the signal that the others were given; it is thrown when all have ended. So does the
 * abort of `outer`.
 */
export async function inParallel<T>(
  count: number,
  atOnce: number,
  outer: AbortSignal | undefined,
  body: (index: number, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const failed = new AbortController()
  const signal = outer === undefined ? failed.signal : AbortSignal.any([outer, failed.signal])
  const results: T[] = []
  const indices = Array.from({ length: count }, (_, index) => index).values()
  const work = async (): Promise<void> => {
    // One iterator for all: each index is taken once.
    for (const index of indices) results[index] = await body(index, signal)
  }
  const workers = Array.from({ length: Math.min(atOnce, count) }, () =>
    work().catch((error: unknown) => failed.abort(error)),
  )
  await Promise.all(workers)
  signal.throwIfAborted()
  return results
}
