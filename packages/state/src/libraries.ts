/** The standard libraries of each Lua: what the option `libraries` may name. */
import { LuaStateError } from './errors.ts'
import type { RuntimeName } from './runtime-names.ts'

export const libraryNames = [
  'base',
  'package',
  'coroutine',
  'table',
  'io',
  'os',
  'string',
  'math',
  'debug',
  'utf8',
  'bit32',
  'bit',
  'jit',
  'ffi',
] as const

export type LibraryName = (typeof libraryNames)[number]

const common = libraryNames.slice(0, libraryNames.indexOf('utf8'))

/**
 * By the reference manual of the version, and LuaJIT's own, https://luajit.org/extensions.html#modules. What a build
 * has beyond that (`bit32` in some of Lua 5.3) is there only where the option is left out.
 */
export function librariesOf(runtime: RuntimeName, version: string): readonly LibraryName[] {
  if (runtime === 'luajit') return [...common, 'bit', 'jit', 'ffi']
  if (version === '5.1') return common
  return [...common, version === '5.2' ? 'bit32' : 'utf8']
}

/** Throws for a library that the runtime lacks, and for one that Lua code could not reach. */
export function requireLibraries(
  runtime: RuntimeName,
  version: string,
  wanted: readonly LibraryName[] = [],
): void {
  const has = librariesOf(runtime, version)
  const lacking = wanted.find(name => !has.includes(name))
  if (lacking !== undefined) throw unsupported(runtime, version, lacking, has)
  if (wanted.includes('ffi') && !wanted.includes('package')) throw unreachable()
}

function unsupported(
  runtime: RuntimeName,
  version: string,
  name: LibraryName,
  has: readonly LibraryName[],
): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_LIBRARY_UNSUPPORTED',
    `openLua('${runtime}') was told to open the library '${name}', which ${runtime} (Lua ${version}) does not have. ` +
      `Allowed in libraries are ${has.map(each => `'${each}'`).join(', ')}.`,
  )
}

function unreachable(): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_LIBRARY_UNREACHABLE',
    "openLua('luajit') was told to open the library 'ffi' without 'package', but Lua code reaches it by " +
      "require('ffi') only. Add 'package' to libraries.",
  )
}
