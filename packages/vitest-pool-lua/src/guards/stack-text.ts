/**
 * The stack of now as text, mapped to the sources as Vitest maps it, whatever a program has made of
 * `Error.prepareStackTrace` and `Error.stackTraceLimit` since its file began.
 *
 *     keepStackFormat()             // when the file begins
 *     stackBelow(whoWasCalled, 40)  // its caller, and 39 more
 */
type Format = (error: Error, frames: NodeJS.CallSite[]) => unknown

let kept: Format | undefined

/** Who replaces it later reads stacks of its own: it may give no text, or throw. */
export function keepStackFormat(): void {
  kept = formatNow()
}

export function stackFormat(): Format | undefined {
  return kept ?? formatNow()
}

function formatNow(): Format | undefined {
  return Reflect.get(Error, 'prepareStackTrace') as Format | undefined
}

/** @param below this function and all that it called are left out */
export function stackBelow(below: (...args: never[]) => unknown, frames: number): string {
  const { stackTraceLimit } = Error
  const now = formatNow()
  const here: { readonly stack?: unknown } = {}
  // A program may have frozen Error: an assignment would throw.
  Reflect.set(Error, 'stackTraceLimit', frames)
  Reflect.set(Error, 'prepareStackTrace', stackFormat())
  try {
    Error.captureStackTrace(here, below)
    return String(here.stack)
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
    Reflect.set(Error, 'prepareStackTrace', now)
  }
}
