/** What the body gives, or what it throws: so that a row can expect either. */
export function attempt(body: () => unknown): unknown {
  try {
    return body()
  } catch (error) {
    return error
  }
}

/** The same for a promise: what it is fulfilled with, or why it was rejected. */
export async function attemptAsync(body: () => Promise<unknown>): Promise<unknown> {
  try {
    return await body()
  } catch (error) {
    return error
  }
}
