/** From the error value that Lua left to the error that JS throws. */
import { types } from 'node:util'
import { LuaError, LuaMemoryError, LuaSyntaxError, type LuaErrorDetails } from '../errors.ts'
import { luaTypes, type Thread, type Trace } from '../machine/machine.ts'
import { chunkOf, type LuaFrame } from '../stack.ts'
import { textOf } from '../values/objects.ts'
import { decodeMessage, decodeUtf8 } from '../values/strings.ts'
import type { Core } from './core.ts'

/** A file that did not compile, while it was loaded by Lua code. */
export interface BrokenFile {
  readonly message: string
  readonly source: string
}

/** The second is what string functions of Lua 5.3 say, https://www.lua.org/source/5.3/lauxlib.c.html#resizebox */
const outOfMemory = /^not enough memory$|: not enough memory for buffer allocation$/

/** The error value lies on top. `broken` is the last file that did not compile. */
export function failureOf(
  core: Core,
  thread: Thread,
  trace: Trace,
  broken: BrokenFile | undefined,
): LuaError {
  const message = messageOf(core, thread)
  if (broken !== undefined && message.includes(broken.message)) {
    return syntaxFailure(message, broken, trace)
  }
  const frames = blamedFrames(message, trace.frames)
  const details: LuaErrorDetails = {
    ...(frames[0] === undefined ? {} : { chunk: chunkOf(frames[0].source), line: frames[0].line }),
    value: core.read(thread, -1),
    traceback: trace.traceback,
    frames,
  }
  const thrown = core.machine.typeAt(thread, -1) === luaTypes.userdata && core.machine.objectAt(thread, -1)
  if (thrown) return new LuaError(message, { ...details, cause: thrown })
  return outOfMemory.test(message) ? new LuaMemoryError(message, details) : new LuaError(message, details)
}

/** For a chunk that did not compile: the frame is the line of the error. */
export function syntaxFailure(
  message: string,
  { message: inner, source }: BrokenFile,
  trace?: Trace,
): LuaError {
  const line = Number(/:(\d+): /.exec(inner)?.[1] ?? 1)
  const frame: LuaFrame = { name: 'main chunk', source, line }
  return new LuaSyntaxError(message, {
    chunk: chunkOf(source),
    line,
    traceback: trace?.traceback ?? 'stack traceback:',
    frames: [frame, ...(trace?.frames ?? [])],
  })
}

/** From the position on that the message names: `error(message, 2)` blames the caller of who raises it. */
function blamedFrames(message: string, frames: readonly LuaFrame[]): readonly LuaFrame[] {
  const [, chunk, line] = /^([^\n]*?):(\d+): /.exec(message) ?? []
  if (chunk === undefined) return frames
  // An error that left a coroutine names the place of `wrap` before its own.
  if (message.includes(`:${frames[0]?.line}: `)) return frames
  const index = frames.findIndex(frame => frame.line === Number(line) && isNamed(frame.source, chunk))
  return index > 0 ? frames.slice(index) : frames
}

/** Lua shortens names: of a path the beginning, of a source the end. */
function isNamed(source: string, shown: string): boolean {
  return shown.startsWith('[string "') || source.endsWith(shown.replace(/^\.\.\./, ''))
}

/** Of the error value on top. */
export function messageOf(core: Core, thread: Thread): string {
  const { machine } = core
  const type = machine.typeAt(thread, -1)
  if (type === luaTypes.string) return textOnTop(core, thread)
  if (type === luaTypes.number) return String(machine.numberAt(thread, -1))
  const object = type === luaTypes.userdata ? machine.objectAt(thread, -1) : undefined
  if (object !== undefined) return isError(object) ? object.message : textOf(object)
  return textByMetamethod(core, thread) ?? textByField(core, thread) ?? describe(core.read(thread, -1), type)
}

function textByMetamethod(core: Core, thread: Thread): string | undefined {
  const { machine } = core
  const top = machine.top(thread)
  if (!machine.pushMetafield(thread, -1, '__tostring')) return undefined
  try {
    const text = core.call(machine.refAt(thread, -1), [core.read(thread, -2)])
    return text instanceof Uint8Array ? decodeUtf8(text) : String(text)
  } catch {
    return undefined
  } finally {
    machine.setTop(thread, top)
  }
}

/** Also of another realm, such as a `vm` context. */
function isError(object: object): object is Error {
  return object instanceof Error || types.isNativeError(object)
}

/** Tables that carry their message in a field, as many libraries throw them. */
function textByField(core: Core, thread: Thread): string | undefined {
  const { machine } = core
  if (machine.typeAt(thread, -1) !== luaTypes.table) return undefined
  for (const field of ['message', 'msg', 'error']) {
    core.push(thread, field)
    machine.rawGet(thread, -2)
    const text = machine.typeAt(thread, -1) === luaTypes.string ? textOnTop(core, thread) : undefined
    machine.pop(thread, 1)
    if (text !== undefined) return text
  }
  return undefined
}

/** A string, also where `encoding` makes strings something else in JS. */
function textOnTop({ machine, options }: Core, thread: Thread): string {
  return decodeMessage(machine.bytesAt(thread, -1), options.encoding === 'latin1')
}

function describe(value: unknown, type: number): string {
  const name = Object.entries(luaTypes).find(([, tag]) => tag === type)?.[0] ?? 'unknown'
  const shown = name === 'boolean' ? `: ${String(value)}` : ''
  return `(error object is a ${name} value${shown})`
}
