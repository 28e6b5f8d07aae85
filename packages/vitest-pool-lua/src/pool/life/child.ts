/** Small promises about one child process: its exit, its end, its output. */
import type { ChildProcess } from 'node:child_process'
import { Socket } from 'node:net'
import type { Readable, Writable } from 'node:stream'
import { InspectorLines } from '../blocked/inspector-lines.ts'

/** ms between SIGTERM and SIGKILL, as Vitest's forks have it. */
export const KILL_AFTER = 500
/** ms that messages or output of a process that is gone may take to arrive. */
const DRAIN_LIMIT = 1_000
/** Characters: V8's last words, with its stack. */
const TAIL = 8_000

export interface Exit {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** Settles when the process is gone and its last messages have been read. */
export async function exitOf(child: ChildProcess): Promise<Exit> {
  const exit = await new Promise<Exit>(resolve => {
    child.once('exit', (code, signal) => resolve({ code, signal }))
    // A process that could not be started has no exit.
    child.once('error', () => child.pid === undefined && resolve({ code: null, signal: null }))
  })
  if (child.connected) await within(DRAIN_LIMIT, resolve => child.once('disconnect', resolve))
  return exit
}

/** Known here: its exit has been heard. */
export function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null
}

export async function endProcess(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER)
  child.kill()
  await gone
  clearTimeout(timer)
}

/** What a stream has given last, as text. */
export function tailOf(stream: Readable | null): () => string {
  let tail = ''
  stream?.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-TAIL)))
  return () => tail
}

export interface Output {
  /** Through which stderr passes, to take out what Node says of its inspector. */
  readonly lines: InspectorLines
  /** Waits for what the process printed, within a limit, and then lets go of it; once, however often it is asked. */
  drain(this: void): Promise<void>
}

/** Copies what the process prints to Vitest's streams, which all workers share and none may end. */
export function forwardOutput(child: ChildProcess, stdout: Writable, stderr: Writable): Output {
  const lines = new InspectorLines()
  child.stderr?.pipe(lines)
  const pipes = [forward(child.stdout, stdout), forward(child.stderr && lines, stderr)]
  let drained: Promise<unknown> | undefined
  return {
    lines,
    async drain() {
      drained ??= Promise.all(pipes.map(end => end())).then(() => letGo(child))
      await drained
    },
  }
}

/**
 * What is not found, or may go on, may still hold a pipe. It can write to that as long as this process lives, which
 * does not live for it.
 */
function letGo({ stdout, stderr }: ChildProcess): void {
  for (const stream of [stdout, stderr]) if (stream instanceof Socket) stream.resume().unref()
}

function forward(from: Readable | null, to: Writable): () => Promise<void> {
  if (from === null) return async () => {}
  to.setMaxListeners(to.getMaxListeners() + 1)
  from.pipe(to, { end: false })
  return async () => {
    if (!from.readableEnded && !from.destroyed)
      await within(DRAIN_LIMIT, resolve => from.once('close', resolve))
    from.unpipe(to)
    to.setMaxListeners(to.getMaxListeners() - 1)
  }
}

/** A stray of another user may hold a pipe for its whole life: nothing here waits longer than its limit. */
function within(limit: number, wait: (resolve: () => void) => unknown): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, limit)
    wait(() => {
      clearTimeout(timer)
      resolve()
    })
  })
}
