/** The clock of the journals, which all processes of a machine share: ms. */
export function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1e3 + nanoseconds / 1e6
}

/** When that was, in ms since 1970. */
export function wallTime(at: number): number {
  return Date.now() - (monotonic() - at)
}
