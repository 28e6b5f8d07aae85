/**
 * The files that Lua has open: real ones, by the numbers that the system gave them. Node can't move in a file, so
 * positions are kept here. 0, 1 and 2 are the standard streams: input is at its end, so that nothing waits for a
 * keyboard, and output goes where the console writes.
 */
import { closeSync, constants, fstatSync, openSync, readSync, writeSync, type PathLike } from 'node:fs'
import { consoleStreams } from '../../../console-streams.ts'
import { SystemFailure } from './errno.ts'

interface OpenFile {
  /** undefined where there are none: pipes, sockets. */
  position: number | undefined
  readonly size: () => number
  readonly append: boolean
}

const standard = { output: 1, error: 2 } as const
const whence = { start: 0, here: 1, end: 2 } as const

export class OpenFiles {
  readonly #files = new Map<number, OpenFile>()

  open(path: PathLike, flags: number, mode: number): number {
    const descriptor = openSync(path, flags, mode)
    const status = fstatSync(descriptor)
    const movable = !status.isFIFO() && !status.isSocket()
    this.#files.set(descriptor, {
      position: movable ? 0 : undefined,
      size: () => fstatSync(descriptor).size,
      append: (flags & constants.O_APPEND) !== 0,
    })
    return descriptor
  }

  /** Gives the number of bytes; 0 at the end. */
  read(descriptor: number, bytes: Uint8Array): number {
    if (descriptor === 0) return 0
    const file = this.#file(descriptor)
    const count = readSync(descriptor, bytes, 0, bytes.length, file.position ?? null)
    if (file.position !== undefined) file.position += count
    return count
  }

  write(descriptor: number, bytes: Uint8Array): number {
    if (descriptor === standard.output || descriptor === standard.error) return writeOut(descriptor, bytes)
    const file = this.#file(descriptor)
    const count = writeSync(descriptor, bytes, 0, bytes.length, file.append ? null : (file.position ?? null))
    if (file.append) file.position = file.size()
    else if (file.position !== undefined) file.position += count
    return count
  }

  /** Gives the new position. */
  seek(descriptor: number, offset: number, from: number): number {
    const file = this.#file(descriptor)
    if (file.position === undefined) throw new SystemFailure('ESPIPE')
    const position = offset + this.#origin(file, file.position, from)
    if (position < 0) throw new SystemFailure('EINVAL')
    file.position = position
    return position
  }

  close(descriptor: number): void {
    if (descriptor <= standard.error) return
    this.#file(descriptor)
    this.#files.delete(descriptor)
    closeSync(descriptor)
  }

  /** When nobody is left who could. */
  closeAll(): void {
    for (const descriptor of this.#files.keys()) this.close(descriptor)
  }

  #origin(file: OpenFile, position: number, from: number): number {
    if (from === whence.start) return 0
    if (from === whence.here) return position
    if (from === whence.end) return file.size()
    throw new SystemFailure('EINVAL')
  }

  #file(descriptor: number): OpenFile {
    const file = this.#files.get(descriptor)
    if (file !== undefined) return file
    throw new SystemFailure(descriptor <= standard.error ? 'ESPIPE' : 'EBADF')
  }
}

function writeOut(descriptor: number, bytes: Uint8Array): number {
  const stream = descriptor === standard.output ? consoleStreams.out() : consoleStreams.err()
  stream.write(Buffer.from(bytes))
  return bytes.length
}
