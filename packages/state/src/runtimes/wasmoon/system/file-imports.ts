/** The system calls of wasmoon's C library that concern files, on the files of this machine. */
import { constants, readlinkSync, renameSync, rmdirSync, statSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Heap } from '../heap.ts'
import { linuxCall, SystemFailure, wasiCall } from './errno.ts'
import type { OpenFiles } from './open-files.ts'

/** As musl has them, https://git.musl-libc.org/cgit/musl/tree/arch/generic/bits/fcntl.h */
const openFlags: readonly (readonly [flag: number, ours: number])[] = [
  [0o1, constants.O_WRONLY],
  [0o2, constants.O_RDWR],
  [0o100, constants.O_CREAT],
  [0o200, constants.O_EXCL],
  [0o1000, constants.O_TRUNC],
  [0o2000, constants.O_APPEND],
]

const removeFolder = 0x200
const notSupported = () => {
  throw new SystemFailure('ENOSYS')
}

export function fileImports(heap: () => Heap, files: OpenFiles) {
  const pathAt = (address: number) => realPath(heap().stringAt(address))
  return {
    __syscall_openat: linuxCall((_folder: number, name: number, flags: number, rest: number) => {
      const mode = rest === 0 ? 0o666 : heap().view.getUint32(rest, true)
      return files.open(pathAt(name), ourFlags(flags), mode)
    }),
    __syscall_unlinkat: linuxCall((_folder: number, name: number, flags: number) => {
      remove(pathAt(name), flags === removeFolder)
      return 0
    }),
    __syscall_rmdir: linuxCall((name: number) => {
      rmdirSync(pathAt(name))
      return 0
    }),
    __syscall_renameat: linuxCall((_from: number, from: number, _to: number, to: number) => {
      renameSync(pathAt(from), pathAt(to))
      return 0
    }),
    __syscall_readlinkat: linuxCall((_folder: number, name: number, target: number, room: number) => {
      const link = readlinkSync(pathAt(name), 'buffer')
      heap().bytes.set(link.subarray(0, room), target)
      return Math.min(link.length, room)
    }),
    /** Asked whether stdout is a terminal, which would change how it buffers. */
    __syscall_ioctl: linuxCall(() => {
      throw new SystemFailure('ENOTTY')
    }),
    __syscall_fcntl64: () => 0,
    __syscall_dup3: linuxCall(notSupported),
    fd_read: wasiCall((descriptor: number, parts: number, count: number, done: number) => {
      setCount(
        done,
        forEachPart(parts, count, part => files.read(descriptor, part)),
      )
    }),
    fd_write: wasiCall((descriptor: number, parts: number, count: number, done: number) => {
      setCount(
        done,
        forEachPart(parts, count, part => files.write(descriptor, part)),
      )
    }),
    fd_seek: wasiCall((descriptor: number, offset: bigint, whence: number, moved: number) => {
      const position = files.seek(descriptor, Number(offset), whence)
      heap().view.setBigInt64(moved, BigInt(position), true)
    }),
    fd_close: wasiCall((descriptor: number) => files.close(descriptor)),
  }

  function setCount(address: number, count: number): void {
    heap().view.setUint32(address, count, true)
  }

  /** Each part is an address and a length. Ends early where one was not served in full. */
  function forEachPart(parts: number, count: number, serve: (part: Uint8Array) => number): number {
    const { bytes, view } = heap()
    let total = 0
    for (let index = 0; index < count; index++) {
      const address = view.getUint32(parts + index * 8, true)
      const length = view.getUint32(parts + index * 8 + 4, true)
      const served = length === 0 ? 0 : serve(bytes.subarray(address, address + length))
      total += served
      if (served < length) break
    }
    return total
  }
}

function ourFlags(flags: number): number {
  return openFlags.reduce((all, [flag, ours]) => ((flags & flag) === 0 ? all : all | ours), 0)
}

/** C's `remove` tries a folder as a file first and expects the answer of Linux. */
function remove(name: string | Buffer, folder: boolean): void {
  if (folder) return rmdirSync(name)
  try {
    unlinkSync(name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM' && statSync(name).isDirectory())
      throw new SystemFailure('EISDIR')
    throw error
  }
}

/** Names are bytes. The C library knows one folder for temporary files, which Windows does not have. */
function realPath(name: Buffer): string | Buffer {
  if (process.platform !== 'win32') return name
  const text = name.toString('utf8')
  return text.startsWith('/tmp/') ? path.join(tmpdir(), text.slice('/tmp/'.length)) : text
}
