/**
 * Reads memory that may not be there any more: the system says so instead of ending the process. Under POSIX a pipe
 * takes bytes from any address or refuses (`EFAULT`), Windows has a function for it.
 */
import type { Pointer } from '../../c-api/api.ts'
import type { Koffi } from '../koffi.ts'
import { loadLibc } from '../libc.ts'

/** Of one read, at most. */
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
  return {
    copy: (address, size) => write(input, address, size) === size && read(output, buffer, size) === size,
    close: () => [output, input].forEach(file => void close(file)),
  }
}

function windowsCopier(koffi: Koffi, buffer: Pointer): Copier {
  const kernel = koffi.load('kernel32.dll')
  const args = ['intptr_t', 'intptr_t', 'intptr_t', 'size_t', 'intptr_t']
  const readProcessMemory = kernel.func('ReadProcessMemory', 'int', args)
  const thisProcess = -1
  return {
    copy: (address, size) => readProcessMemory(thisProcess, address, buffer, size, 0) !== 0,
    close: () => {},
  }
}
