/** What Lua code gets, and the caller after it, that would end the process. */
import { LuaError } from './errors.ts'
import type { Trace } from './machine/machine.ts'
import { chunkOf } from './stack.ts'

/** `os.exit` of Lua code. Its value is the exit code. */
export function exitError(code: number, { frames, traceback }: Trace): LuaError {
  const frame = frames[0]
  const where = frame === undefined ? {} : { chunk: chunkOf(frame.source), line: frame.line }
  const message = `os.exit(${code}) was called: a Lua state in a test can't end the process`
  return new LuaError(message, { value: code, frames, traceback, ...where })
}
