/**
 * The options of `openLua`, checked: an unknown option, a wrong value and what the runtime can't serve are
 * refused with an error that says what is allowed. Nothing is accepted silently.
 */
import path from 'node:path'
import type { Capabilities } from './capabilities.ts'
import { LuaStateError } from './errors.ts'
import { libraryNames, requireLibraries, type LibraryName } from './libraries.ts'
import type { RuntimeName } from './runtime-names.ts'

/** `'utf8'`: strings; `'bytes'`: a Uint8Array for each string of Lua; `'latin1'`: one character a byte. */
export type LuaEncoding = 'utf8' | 'bytes' | 'latin1'

/**
 * Whether Lua may read (or, with `writing`, set) the attribute `name` of a JS object that it holds as userdata.
 */
export type AttributeFilter = (object: object, name: string, writing: boolean) => boolean

export interface LuaOptions {
  /** Patterns such as 'lua/?.lua', searched before the runtime's own; relative ones are resolved to the cwd. */
  packagePath?: readonly string[]
  /** Where C modules are found, for runtimes that have them. */
  packageCPath?: readonly string[]
  /** The standard libraries to open; default all that the runtime has. */
  libraries?: readonly LibraryName[]
  /** What strings of Lua are in JS; default 'utf8'. */
  encoding?: LuaEncoding
  attributeFilter?: AttributeFilter
  /**
   * In ms, for one outermost call into Lua. A function is asked when the call enters Lua. undefined, 0 and
   * Infinity: none.
   */
  callTimeout?: number | (() => number | undefined)
  /** In bytes, for the whole state, where the runtime can. */
  maxMemory?: number
  /** The shared library of a native runtime: a path, or a name that the system's loader finds. */
  library?: string
  /**
   * LuaJIT's compiler. Default true, but false with `callTimeout`, because nothing ends a compiled loop. With both,
   * only interpreted code is ended.
   */
  jit?: boolean
  /** Refuses a runtime of another Lua version, such as '5.4'. */
  requireVersion?: string
}

/** What adapters are given: patterns absolute, defaults in place. */
export interface CheckedOptions {
  readonly packagePath: readonly string[]
  readonly packageCPath: readonly string[]
  /** undefined: all that the runtime has. */
  readonly libraries: readonly LibraryName[] | undefined
  readonly encoding: LuaEncoding
  readonly attributeFilter: AttributeFilter | undefined
  readonly callTimeout: LuaOptions['callTimeout']
  readonly maxMemory: number | undefined
  readonly jit: boolean
}

const known: Record<keyof LuaOptions, (value: unknown) => boolean> = {
  packagePath: isStrings,
  packageCPath: isStrings,
  libraries: value => Array.isArray(value) && value.every(name => libraryNames.includes(name)),
  encoding: value => value === 'utf8' || value === 'bytes' || value === 'latin1',
  attributeFilter: value => typeof value === 'function',
  callTimeout: value => typeof value === 'function' || (typeof value === 'number' && value >= 0),
  maxMemory: value => typeof value === 'number' && value > 0,
  library: value => typeof value === 'string' && value !== '',
  jit: value => typeof value === 'boolean',
  requireVersion: value => typeof value === 'string',
}

const allowed: Record<keyof LuaOptions, string> = {
  packagePath: "an array of patterns such as 'lua/?.lua'",
  packageCPath: "an array of patterns such as 'lib/?.so'",
  libraries: `an array of ${libraryNames.map(name => `'${name}'`).join(', ')}`,
  encoding: "'utf8', 'bytes' or 'latin1'",
  attributeFilter: 'a function (object, name, writing) => boolean',
  callTimeout: 'a number of ms from 0, or a function that gives one or undefined',
  maxMemory: 'a number of bytes above 0',
  library: "the path of the runtime's shared library",
  jit: 'true or false',
  requireVersion: "a version of Lua such as '5.3'",
}

export const optionNames = Object.keys(known)

/** `asker` is who was given them, and `names` is what that one allows. */
export function checkOptions(options: unknown, asker = 'openLua', names = optionNames): LuaOptions {
  if (options === undefined) return {}
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw invalid(asker, 'options', options, 'an object such as { packagePath: [...] }')
  }
  const given = Object.entries(options).filter(([, value]) => value !== undefined)
  for (const [name, value] of given) checkOption(asker, names, name, value)
  return Object.fromEntries(given)
}

/** Refuses what the runtime of these capabilities can't serve, then puts the defaults in place. */
export function serveOptions(
  runtime: RuntimeName,
  version: string,
  can: Capabilities,
  options: LuaOptions,
): CheckedOptions {
  refuse('packageCPath', options, can.cModules, runtime)
  refuse('maxMemory', options, can.memoryCap, runtime)
  refuse('jit', options, can.compiler, runtime)
  refuse('library', options, can.cModules, runtime)
  requireVersion(runtime, version, options.requireVersion)
  requireLibraries(runtime, version, options.libraries)
  return {
    packagePath: (options.packagePath ?? []).map(pattern => path.resolve(pattern)),
    packageCPath: (options.packageCPath ?? []).map(pattern => path.resolve(pattern)),
    libraries: options.libraries,
    encoding: options.encoding ?? 'utf8',
    attributeFilter: options.attributeFilter,
    callTimeout: options.callTimeout,
    maxMemory: options.maxMemory,
    jit: options.jit ?? options.callTimeout === undefined,
  }
}

function checkOption(asker: string, names: readonly string[], name: string, value: unknown): void {
  if (!names.includes(name)) {
    throw new LuaStateError(
      'LUA_STATE_OPTION_UNKNOWN',
      `${asker} was given the option '${name}', which it does not know. Allowed are ${names.join(', ')}.`,
    )
  }
  const option = name as keyof LuaOptions
  if (!known[option](value)) throw invalid(asker, name, value, allowed[option])
}

function refuse(option: keyof LuaOptions, options: LuaOptions, can: boolean, runtime: RuntimeName): void {
  if (can || options[option] === undefined) return
  throw new LuaStateError(
    'LUA_STATE_OPTION_UNSUPPORTED',
    `openLua('${runtime}') was given the option '${option}', which ${runtime} can't serve. ` +
      `Remove it, or choose a runtime that can (see state.capabilities).`,
  )
}

function requireVersion(runtime: RuntimeName, version: string, wanted: string | undefined): void {
  if (wanted === undefined || wanted === version) return
  throw new LuaStateError(
    'LUA_STATE_VERSION_MISMATCH',
    `openLua('${runtime}') was told requireVersion: '${wanted}', but ${runtime} is Lua ${version}. ` +
      `Choose a runtime of Lua ${wanted}, or change requireVersion.`,
  )
}

function invalid(asker: string, name: string, value: unknown, wanted: string): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_OPTION_INVALID',
    `${asker} was given ${name}: ${shown(value)}. Allowed is ${wanted}.`,
  )
}

function shown(value: unknown): string {
  if (typeof value === 'function') return 'a function'
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
}

function isStrings(value: unknown): boolean {
  return Array.isArray(value) && value.every(entry => typeof entry === 'string')
}
