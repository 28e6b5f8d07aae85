/** Errors of the file system in Lua's way: nil, a message as `strerror` has it, and the number. */
import { constants } from 'node:os'
import { systemMessage } from '../../../system-message.ts'
import { lua, type L } from '../binding.ts'
import { pushText } from './define-functions.ts'

/** An error of ours as the system would have it. */
export function systemError(message: string, code: 'EBADF' | 'EINVAL' | 'ESPIPE'): Error {
  return Object.assign(new Error(message), { code, errno: constants.errno[code] })
}

/** Pushes `nil, "subject: message", errno`. */
export function pushFailure(L: L, error: unknown, subject?: string): number {
  lua.lua_pushnil(L)
  pushText(L, subject === undefined ? systemMessage(error) : `${subject}: ${systemMessage(error)}`)
  lua.lua_pushinteger(L, numberOf(error as NodeJS.ErrnoException))
  return 3
}

/** As in C; on Windows those that Node gives are libuv's own. */
function numberOf({ code = '', errno = 0 }: NodeJS.ErrnoException): number {
  const known: Readonly<Record<string, number>> = constants.errno
  return known[code] ?? Math.abs(errno) | 0
}

/** Runs what may fail in the file system; `true` on success. */
export function systemResult(L: L, subject: string | undefined, body: () => void): number {
  try {
    body()
  } catch (error) {
    return pushFailure(L, error, subject)
  }
  lua.lua_pushboolean(L, true)
  return 1
}
