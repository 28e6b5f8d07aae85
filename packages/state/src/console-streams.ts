/**
 * Where the console writes. A test runner puts a console of its own in the place of the global one, whose streams
 * know which test is running; so what `io.write` writes stands where what `print` prints does. Node gives every
 * console its streams: https://github.com/nodejs/node/blob/v22.12.0/lib/internal/console/constructor.js#L176
 */
import type { Writable } from 'node:stream'

export const consoleStreams = {
  out: (): Writable => consoleStream('_stdout') ?? process.stdout,
  err: (): Writable => consoleStream('_stderr') ?? process.stderr,
}

function consoleStream(name: '_stdout' | '_stderr'): Writable | undefined {
  return Reflect.get(console, name) as Writable | undefined
}
