/** The library `io` on real files. Programs can't be started: `io.popen` raises an error that says so. */
import { openSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Writable } from 'node:stream'
import { lauxlib, lua, name, type CFunction, type L } from '../../binding.ts'
import { defineFunctions, pushText, textAt } from '../define-functions.ts'
import type { LibraryContext } from '../library-context.ts'
import { consoleStreams } from '../../../../console-streams.ts'
import { systemMessage } from '../../../../system-message.ts'
import { pushFailure } from '../system-error.ts'
import { closeStream, fileMethods, pushLines, readFrom, writeTo } from './file-methods.ts'
import { checkStream, metatableName, pushHandle, streamAt } from './handles.ts'
import { LuaFile } from './lua-file.ts'
import { StandardStream, type Stream } from './stream.ts'

const modes = /^[rwa]\+?b?$/

export function openIo(context: LibraryContext): CFunction {
  return L => {
    defineMetatable(L)
    lua.lua_createtable(L, 0, 0)
    defineFunctions(L, new IoLibrary(context).functions(L))
    return 1
  }
}

function defineMetatable(L: L): void {
  lauxlib.luaL_newmetatable(L, metatableName)
  defineFunctions(L, fileMethods)
  lua.lua_pushvalue(L, -1)
  lua.lua_setfield(L, -2, name('__index'))
  lua.lua_settop(L, -2)
}

/** Of one state: which files are its standard input and output now. */
class IoLibrary {
  readonly #context: LibraryContext
  /** Handles live in the registry, so that `io.output() == io.stdout` holds. */
  readonly #keys = { input: name('_IO_input'), output: name('_IO_output') }

  constructor(context: LibraryContext) {
    this.#context = context
  }

  /** Puts the standard streams into the table on top, and gives the functions. */
  functions(L: L): Record<string, CFunction> {
    this.#defineStandard(L, 'stdin', undefined, this.#keys.input)
    this.#defineStandard(L, 'stdout', consoleStreams.out, this.#keys.output)
    this.#defineStandard(L, 'stderr', consoleStreams.err, undefined)
    return {
      open: running => this.#open(running),
      close: running => closeStream(running, this.#given(running, this.#keys.output)),
      input: running => this.#redirect(running, this.#keys.input, 'r'),
      output: running => this.#redirect(running, this.#keys.output, 'w'),
      lines: running => this.#lines(running),
      read: running => readFrom(running, this.#current(running, this.#keys.input), 1),
      write: running => this.#write(running),
      flush: running => {
        lua.lua_pushboolean(running, true)
        return 1
      },
      tmpfile: running => this.#temporary(running),
      type: running => this.#type(running),
      popen: running =>
        lauxlib.luaL_error(running, name("'popen' not supported: io.popen can't start programs on fengari")),
    }
  }

  #defineStandard(L: L, field: string, out: (() => Writable) | undefined, key: Uint8Array | undefined): void {
    pushHandle(L, new StandardStream(field, out))
    if (key !== undefined) {
      lua.lua_pushvalue(L, -1)
      lua.lua_setfield(L, lua.LUA_REGISTRYINDEX, key)
    }
    lua.lua_setfield(L, -2, name(field))
  }

  #open(L: L): number {
    lauxlib.luaL_checkstring(L, 1)
    const file = textAt(L, 1)
    const mode = lua.lua_type(L, 2) > 0 ? textOf(L, 2) : 'r'
    if (!modes.test(mode)) return lauxlib.luaL_argerror(L, 2, name('invalid mode'))
    try {
      pushHandle(L, this.#openFile(file, mode))
      return 1
    } catch (error) {
      return pushFailure(L, error, file)
    }
  }

  /** Throws the error of `fs`. */
  #openFile(file: string, mode: string): LuaFile {
    const absolute = path.resolve(file)
    const flags = mode.replace('b', '')
    const opened = new LuaFile(file, openSync(absolute, flags), flags.startsWith('a'))
    this.#context.openFiles.add(opened)
    if (flags.startsWith('r') && absolute.endsWith('.lua')) this.#context.loadedFiles.add(absolute)
    return opened
  }

  #openOrRaise(L: L, mode: string): Stream {
    const file = textAt(L, 1)
    try {
      return this.#openFile(file, mode)
    } catch (error) {
      return lauxlib.luaL_error(L, Buffer.from('%s'), Buffer.from(`${file}: ${systemMessage(error)}`))
    }
  }

  #redirect(L: L, key: Uint8Array, mode: string): number {
    if (lua.lua_type(L, 1) > 0) {
      if (streamAt(L, 1) === undefined) pushHandle(L, this.#openOrRaise(L, mode))
      else lua.lua_pushvalue(L, 1)
      lua.lua_setfield(L, lua.LUA_REGISTRYINDEX, key)
    }
    lua.lua_getfield(L, lua.LUA_REGISTRYINDEX, key)
    return 1
  }

  #lines(L: L): number {
    if (lua.lua_type(L, 1) <= 0) return pushLines(L, this.#current(L, this.#keys.input), 2, false)
    lauxlib.luaL_checkstring(L, 1)
    return pushLines(L, this.#openOrRaise(L, 'r'), 2, true)
  }

  #write(L: L): number {
    const failed = writeTo(L, this.#current(L, this.#keys.output), 1)
    if (failed !== undefined) return failed
    lua.lua_getfield(L, lua.LUA_REGISTRYINDEX, this.#keys.output)
    return 1
  }

  #temporary(L: L): number {
    const file = path.join(tmpdir(), `lua_${process.pid}_${Math.random().toString(36).slice(2, 10)}`)
    const opened = this.#openFile(file, 'w+')
    // Open, it needs no name; so nothing is left behind, however the process ends.
    unlinkSync(file)
    pushHandle(L, opened)
    return 1
  }

  #type(L: L): number {
    const stream = streamAt(L, 1)
    if (stream === undefined) lua.lua_pushnil(L)
    else pushText(L, stream.open ? 'file' : 'closed file')
    return 1
  }

  #given(L: L, key: Uint8Array): Stream {
    return lua.lua_type(L, 1) > 0 ? checkStream(L, 1) : this.#current(L, key)
  }

  /** Leaves the stack as it was. */
  #current(L: L, key: Uint8Array): Stream {
    lua.lua_getfield(L, lua.LUA_REGISTRYINDEX, key)
    const stream = streamAt(L, -1)
    lua.lua_settop(L, -2)
    if (stream?.open === true) return stream
    const which = key === this.#keys.input ? 'input' : 'output'
    return lauxlib.luaL_error(L, name(`standard ${which} file is closed`))
  }
}

function textOf(L: L, index: number): string {
  lauxlib.luaL_checkstring(L, index)
  return textAt(L, index)
}
