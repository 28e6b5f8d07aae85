/** Does something for each of many, some at a time; what came of each is in the order of the many. */
export async function atOnce<T, R>(
  many: readonly T[],
  limit: number,
  doFor: (one: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const queue = many.entries()
  const take = async (): Promise<void> => {
    for (const [index, one] of queue) results[index] = await doFor(one)
  }
  await Promise.all(Array.from({ length: limit }, take))
  return results
}
