/** What a file handle of Lua can be: a file of the disk, or one of the three standard streams. */
import type { Writable } from 'node:stream'
import { systemError } from '../system-error.ts'

export interface Stream {
  readonly name: string
  readonly open: boolean
  close(): void
  write(bytes: Uint8Array): void
  seek(whence: string, offset: number): number
  peek(): number | undefined
  take(count: number): Buffer
  takeAll(): Buffer
  takeLine(): Buffer | undefined
}

const nothing = Buffer.alloc(0)

/**
 * Where the console writes. A test runner puts a console of its own in the place of the global one, whose streams
 * know which test is running; so what `io.write` writes stands where what `print` prints does. Node gives every
 * console its streams: https://github.com/nodejs/node/blob/v22.12.0/lib/internal/console/constructor.js#L176
 */
export const consoleStreams = {
  out: (): Writable => consoleStream('_stdout') ?? process.stdout,
  err: (): Writable => consoleStream('_stderr') ?? process.stderr,
}

function consoleStream(name: '_stdout' | '_stderr'): Writable | undefined {
  return Reflect.get(console, name) as Writable | undefined
}

/** Never read from a terminal: standard input is at its end, so that nothing blocks. */
export class StandardStream implements Stream {
  readonly name: string
  readonly open = true
  readonly #out: (() => Writable) | undefined

  constructor(name: string, out: (() => Writable) | undefined) {
    this.name = name
    this.#out = out
  }

  close(): void {
    throw new Error('cannot close standard file')
  }

  write(bytes: Uint8Array): void {
    if (this.#out === undefined) throw systemError('Bad file descriptor', 'EBADF')
    this.#out().write(Buffer.from(bytes))
  }

  seek(): number {
    throw systemError('Illegal seek', 'ESPIPE')
  }

  peek(): undefined {
    return undefined
  }

  take(): Buffer {
    return nothing
  }

  takeAll(): Buffer {
    return nothing
  }

  takeLine(): undefined {
    return undefined
  }
}
