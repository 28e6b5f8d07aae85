/**
 * What a branch prints goes where the parent's console writes, whole: also what a process that has ended left in
 * its pipes. (tinypool stops reading there.)
 */
import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { consoleStreams } from '../console-streams.ts'

export function forwardOutput(child: ChildProcess): void {
  forward(child.stdout, process.stdout, consoleStreams.out)
  forward(child.stderr, process.stderr, consoleStreams.err)
}

function forward(from: Readable | null, piped: Writable, to: () => Writable): void {
  from?.unpipe(piped)
  from?.on('data', (chunk: Buffer) => to().write(chunk))
  // Whoever unpipes pauses.
  from?.resume()
}
