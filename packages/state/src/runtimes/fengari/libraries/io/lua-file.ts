/**
 * A file of Lua's `io`, on the synchronous calls of `fs`: what is written is in the file at once, what is read
 * comes through a buffer.
 */
import { closeSync, fstatSync, readSync, writeSync } from 'node:fs'
import { systemError } from '../system-error.ts'

const blockSize = 64 * 1024
const newline = 10
const empty = Buffer.alloc(0)

export class LuaFile {
  readonly name: string
  readonly #fd: number
  readonly #append: boolean
  #position = 0
  #buffer = empty
  #open = true

  constructor(name: string, fd: number, append: boolean) {
    this.name = name
    this.#fd = fd
    this.#append = append
  }

  get open(): boolean {
    return this.#open
  }

  close(): void {
    if (!this.#open) return
    this.#open = false
    closeSync(this.#fd)
  }

  write(bytes: Uint8Array): void {
    this.#forgetBuffer()
    for (let done = 0; done < bytes.length;) {
      done += writeSync(
        this.#fd,
        bytes,
        done,
        bytes.length - done,
        this.#append ? null : this.#position + done,
      )
    }
    this.#position = this.#append ? fstatSync(this.#fd).size : this.#position + bytes.length
  }

  /** From 'set', 'cur' or 'end'; gives the new position. Throws EINVAL before the beginning. */
  seek(whence: string, offset: number): number {
    this.#forgetBuffer()
    const origin = whence === 'set' ? 0 : whence === 'cur' ? this.#position : fstatSync(this.#fd).size
    if (origin + offset < 0) throw systemError('Invalid argument', 'EINVAL')
    this.#position = origin + offset
    return this.#position
  }

  /** The next byte without taking it; undefined at the end. */
  peek(): number | undefined {
    if (this.#buffer.length === 0) this.#fill()
    return this.#buffer[0]
  }

  take(count: number): Buffer {
    while (this.#buffer.length < count && this.#fill());
    const taken = this.#buffer.subarray(0, count)
    this.#buffer = this.#buffer.subarray(count)
    return taken
  }

  takeAll(): Buffer {
    while (this.#fill());
    return this.take(this.#buffer.length)
  }

  /** With its newline, where there is one; undefined at the end. */
  takeLine(): Buffer | undefined {
    let end = this.#buffer.indexOf(newline)
    for (let searched = this.#buffer.length; end === -1 && this.#fill(); searched = this.#buffer.length) {
      end = this.#buffer.indexOf(newline, searched)
    }
    const line = this.take(end === -1 ? this.#buffer.length : end + 1)
    return line.length === 0 ? undefined : line
  }

  /** Says false at the end of the file. */
  #fill(): boolean {
    const block = Buffer.allocUnsafe(blockSize)
    const count = readSync(this.#fd, block, 0, blockSize, this.#position)
    this.#position += count
    if (count > 0) this.#buffer = Buffer.concat([this.#buffer, block.subarray(0, count)])
    return count > 0
  }

  /** The position is where Lua is, not where the buffer ends. */
  #forgetBuffer(): void {
    this.#position -= this.#buffer.length
    this.#buffer = empty
  }
}
