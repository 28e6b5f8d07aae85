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

function stackFormat(): Format | undefined {
  return kept ?? formatNow()
}

function formatNow(): Format | undefined {
  return Reflect.get(Error, 'prepareStackTrace') as Format | undefined
}

/** Which frames are to be shown: each takes 20 µs, to be mapped to its source. */
export type Pick = (frames: NodeJS.CallSite[]) => NodeJS.CallSite[]

/** The format of now, of those frames only. */
export function formatOf(pick: Pick): Format {
  const format = stackFormat()
  return (error, frames) => textOf(pick(frames), format, error)
}

export function framesText(frames: readonly NodeJS.CallSite[]): string {
  return textOf(frames, stackFormat(), new Error('frames'))
}

function textOf(frames: readonly NodeJS.CallSite[], format: Format | undefined, error: Error): string {
  if (format !== undefined) return String(format(error, [...frames]))
  return frames
    .map(frame => `    at ${frame.getFileName()}:${frame.getLineNumber()}:${frame.getColumnNumber()}`)
    .join('\n')
}

/** @param below this function and all that it called are left out */
export function stackBelow(
  below: (...args: never[]) => unknown,
  frames: number,
  pick: Pick = all => all,
): string {
  const { stackTraceLimit } = Error
  const now = formatNow()
  const here: { readonly stack?: unknown } = {}
  // A program may have frozen Error: an assignment would throw.
  Reflect.set(Error, 'stackTraceLimit', frames)
  Reflect.set(Error, 'prepareStackTrace', formatOf(pick))
  try {
    Error.captureStackTrace(here, below)
    return String(here.stack)
  } finally {
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
    Reflect.set(Error, 'prepareStackTrace', now)
  }
}
