/**
 * Runs a body for 0..count-1, so many at once, and gives the results in order. The first failure aborts the signal
 * that the others were given, as the abort of `outer` does; it is thrown when all have ended.
 */
export async function inParallel<T>(
  count: number,
  atOnce: number,
  outer: AbortSignal | undefined,
  body: (index: number, signal: AbortSignal) => Promise<T>,
): Promise<T[]> {
  const abortion = follow(outer)
  const { signal } = abortion.controller
  const results: T[] = []
  // One iterator for all lanes: each index is taken once.
  const indices = Array.from({ length: count }, (_, index) => index).values()
  const lane = async (): Promise<void> => {
    for (const index of indices) results[index] = await body(index, signal)
  }
  const lanes = Array.from({ length: Math.min(atOnce, count) }, lane)
  await Promise.all(lanes.map(running => running.catch((error: unknown) => abortion.controller.abort(error))))
  abortion.close()
  signal.throwIfAborted()
  return results
}

/** A controller that is aborted with `outer`, too. */
function follow(outer: AbortSignal | undefined): { controller: AbortController; close(): void } {
  const controller = new AbortController()
  const abort = (): void => controller.abort(outer?.reason)
  if (outer?.aborted) abort()
  outer?.addEventListener('abort', abort)
  return { controller, close: () => outer?.removeEventListener('abort', abort) }
}
