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
