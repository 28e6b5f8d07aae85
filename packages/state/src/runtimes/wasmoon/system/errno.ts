/** What went wrong with a file, as wasmoon's C library knows it: the numbers of WASI, not those of the platform. */

/** https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md#errno */
const numbers: Readonly<Record<string, number>> = {
  EACCES: 2,
  EAGAIN: 6,
  EBADF: 8,
  EBUSY: 10,
  EEXIST: 20,
  EFBIG: 22,
  EINVAL: 28,
  EIO: 29,
  EISDIR: 31,
  ELOOP: 32,
  EMFILE: 33,
  EMLINK: 34,
  ENAMETOOLONG: 37,
  ENFILE: 41,
  ENODEV: 43,
  ENOENT: 44,
  ENOMEM: 48,
  ENOSPC: 51,
  ENOSYS: 52,
  ENOTDIR: 54,
  ENOTEMPTY: 55,
  ENOTSUP: 58,
  ENOTTY: 59,
  ENXIO: 60,
  EPERM: 63,
  EPIPE: 64,
  EROFS: 69,
  ESPIPE: 70,
  ETXTBSY: 74,
  EXDEV: 75,
}

const codes = new Map(Object.entries(numbers).map(([code, number]) => [number, code]))
const other = numbers['EIO'] as number

/** 'ENOENT'. */
export function codeOf(errno: number): string | undefined {
  return codes.get(errno)
}

export class SystemFailure extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** Of an error of Node's file system. */
function errnoOf(error: unknown): number {
  const { code } = error as NodeJS.ErrnoException
  return (code === undefined ? undefined : numbers[code]) ?? other
}

/** A call of WASI answers 0 or the number of the error; no error of JS may go through C. */
export function wasiCall<Args extends unknown[]>(body: (...args: Args) => void): (...args: Args) => number {
  return (...args) => {
    try {
      body(...args)
      return 0
    } catch (error) {
      return errnoOf(error)
    }
  }
}

/** A call of Linux answers a number that is not negative, or the error's number, negative. */
export function linuxCall<Args extends unknown[]>(
  body: (...args: Args) => number,
): (...args: Args) => number {
  return (...args) => {
    try {
      return body(...args)
    } catch (error) {
      return -errnoOf(error)
    }
  }
}
