/**
 * Reads memory that may not be there any more: the system says so instead of ending the process. Under POSIX a pipe
 * takes bytes from any address or refuses (`EFAULT`), Windows has a function for it.
 */
import type { Pointer } from '../../c-api/api.ts'
import type { Koffi } from '../koffi.ts'
import { loadLibc } from '../libc.ts'

/** Of one read, at most; also what divides pages. */
const most = 64

interface Copier {
  copy(address: Pointer, size: number): boolean
  close(): void
}

export class SafeMemory {
  readonly #bytes: DataView
  readonly #copier: Copier

  constructor(koffi: Koffi) {
    const buffer = koffi.alloc('uint8_t', most)
    const address = Number(koffi.address(buffer))
    this.#bytes = new DataView(koffi.view(buffer, most))
    this.#copier = process.platform === 'win32' ? windowsCopier(koffi, address) : posixCopier(koffi, address)
  }

  /** The bytes at the address, which hold until the next read; undefined where nothing can be read. */
  read(address: Pointer, size: number): DataView | undefined {
    return this.#copier.copy(address, size) ? this.#bytes : undefined
  }

  byte(address: Pointer): number | undefined {
    return this.read(address, 1)?.getUint8(0)
  }

  /** 0 where nothing can be read, as below. */
  int(address: Pointer): number {
    return this.read(address, 4)?.getInt32(0, true) ?? 0
  }

  word(address: Pointer): bigint {
    return this.read(address, 8)?.getBigUint64(0, true) ?? 0n
  }

  pointer(address: Pointer): Pointer {
    return Number(this.word(address))
  }

  /** A string of C, or the beginning of a long one. */
  text(address: Pointer, longest: number): string {
    const bytes: number[] = []
    while (bytes.length < longest) {
      const at = address + bytes.length
      // Never over the end of a page: the next one may not be there.
      const size = most - (at % most)
      const piece = this.read(at, size)
      if (piece === undefined) break
      for (let index = 0; index < size; index++) {
        const byte = piece.getUint8(index)
        if (byte === 0) return Buffer.from(bytes).toString()
        bytes.push(byte)
      }
    }
    return Buffer.from(bytes.slice(0, longest)).toString()
  }

  close(): void {
    this.#copier.close()
  }
}

function posixCopier(koffi: Koffi, buffer: Pointer): Copier {
  const libc = loadLibc(koffi)
  const pipe = libc.func('pipe', 'int', ['intptr_t'])
  const write = libc.func('write', 'intptr_t', ['int', 'intptr_t', 'size_t'])
  const read = libc.func('read', 'intptr_t', ['int', 'intptr_t', 'size_t'])
  const close = libc.func('close', 'int', ['int'])
  pipe(buffer)
  const [output = -1, input = -1] = new Int32Array(koffi.view(BigInt(buffer), 8)).slice()
  const copy = (address: Pointer, size: number) => {
    if (!isAddress(address)) return false
    const written = Number(write(input, address, size))
    // What is left in the pipe would be taken for the next read.
    return written > 0 && read(output, buffer, written) === written && written === size
  }
  return { copy, close: () => [output, input].forEach(file => void close(file)) }
}

function windowsCopier(koffi: Koffi, buffer: Pointer): Copier {
  const kernel = koffi.load('kernel32.dll')
  const args = ['intptr_t', 'intptr_t', 'intptr_t', 'size_t', 'intptr_t']
  const readProcessMemory = kernel.func('ReadProcessMemory', 'int', args)
  const thisProcess = -1
  return {
    copy: (address, size) =>
      isAddress(address) && readProcessMemory(thisProcess, address, buffer, size, 0) !== 0,
    close: () => {},
  }
}

/** What was read may be no address at all. */
function isAddress(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0
}
