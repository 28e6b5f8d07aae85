/**
 * The options of `branches`, checked before any worker starts: what is unknown or wrong, and what can't go to another
 * process, is refused with an error that says what is allowed.
 */
import path from 'node:path'
import { inspect, types } from 'node:util'
import { LuaStateError } from '../errors.ts'
import { checkOptions, optionNames, type LuaOptions } from '../options.ts'
import { runtimeNames, type RuntimeName } from '../runtime-names.ts'
import type { BranchBody, BranchTask } from './messages.ts'
import { pack, type Odd, type Parcel } from './parcel.ts'

/** Options of `openLua` that are data go to every branch's state. */
type StateOptions = Omit<LuaOptions, 'attributeFilter' | 'callTimeout' | 'maxMemory'>

export interface BranchSettings extends StateOptions {
  /** Default 'fengari'. */
  runtime?: RuntimeName
  /**
   * What a branch is given, as plain data: its `...`. A function is asked for each branch's own, by index from 0,
   * before any starts.
   */
  args?: readonly unknown[] | ((index: number) => readonly unknown[])
  /** In ms, from when the branch's Lua begins: then its process is ended, whatever it does. Default none. */
  deadline?: number
  /**
   * In bytes: what Lua may add to the memory of the branch's process. Where the runtime can, the state keeps to it;
   * everywhere the process is watched from outside. Default none.
   */
  maxMemory?: number
  /** In ms, for one call, as `openLua` has it: also where the runtime ends itself more slowly. Default none. */
  callTimeout?: number
  /** How many branches run at once; default all. */
  concurrency?: number
  /** Ends every branch; the call then throws the signal's reason. */
  signal?: AbortSignal
}

/** What a branch runs: a chunk, or a Lua module that returns a function. */
export type BranchOptions = BranchSettings &
  (
    | { chunk: string | Uint8Array; module?: undefined }
    /** Found by `packagePath` as `require` does. */
    | { module: string; chunk?: undefined }
  )

export interface CheckedBranches {
  readonly tasks: readonly BranchTask[]
  readonly concurrency: number
  readonly signal: AbortSignal | undefined
}

type OwnName = 'runtime' | 'chunk' | 'module' | 'args' | 'deadline' | 'concurrency' | 'signal' | 'maxMemory'

const allowed: Record<OwnName, string> = {
  runtime: runtimeNames.map(name => `'${name}'`).join(', '),
  chunk: 'Lua source: a string or a Uint8Array',
  module: "the name of a Lua module, such as 'search.worker'",
  args: 'an array of plain data, or a function (index) => array',
  deadline: 'a number of ms above 0',
  maxMemory: 'a number of bytes above 0',
  concurrency: 'an integer from 1',
  signal: 'an AbortSignal',
}

const names = [...new Set([...Object.keys(allowed), ...optionNames])].filter(
  name => name !== 'attributeFilter',
)

const isRight: Record<OwnName, (value: unknown) => boolean> = {
  runtime: value => runtimeNames.some(name => name === value),
  chunk: value => typeof value === 'string' || types.isUint8Array(value),
  module: value => typeof value === 'string' && value !== '',
  args: value => Array.isArray(value) || typeof value === 'function',
  deadline: isAboveZero,
  maxMemory: isAboveZero,
  concurrency: isCount,
  signal: isSignal,
}

export function checkBranches(n: unknown, options: unknown): CheckedBranches {
  if (!isCount(n)) throw invalid('n', n, 'an integer from 1')
  if (typeof options !== 'object' || options === null) throw invalid('options', options, `{ chunk: '...' }`)
  const given = options as BranchOptions
  for (const name of Object.keys(allowed) as OwnName[]) checkOwn(name, Reflect.get(given, name))
  const body = bodyOf(given)
  const { runtime = 'fengari', args = [], concurrency = n, signal } = given
  const [deadline, maxMemory] = [finite(given.deadline), finite(given.maxMemory)]
  const common = { runtime, options: stateOptionsOf(given), body, deadline, maxMemory, parent: process.pid }
  const tasks = Array.from({ length: n }, (_, index) => ({ ...common, args: argsOf(index, args) }))
  return { tasks, concurrency, signal }
}

function bodyOf({ chunk, module }: BranchOptions): BranchBody {
  if (chunk !== undefined && module === undefined) return { kind: 'chunk', source: chunk }
  if (chunk === undefined && module !== undefined) return { kind: 'module', name: module }
  throw new LuaStateError(
    'LUA_STATE_OPTION_INVALID',
    `branches was given ${chunk === undefined ? 'neither chunk nor module' : 'both chunk and module'}. ` +
      `Give one of them: what each branch runs.`,
  )
}

/** Relative paths are those of now. */
function stateOptionsOf(given: BranchOptions): LuaOptions {
  const rest = Object.entries(given).filter(([name, value]) => !(name in allowed) && value !== undefined)
  for (const [name, value] of rest) {
    if (typeof value === 'function') throw invalid(name, value, 'data, because it goes to another process')
  }
  const options = checkOptions(Object.fromEntries(rest), 'branches', names)
  const { packagePath, packageCPath } = options
  if (packagePath !== undefined) options.packagePath = packagePath.map(pattern => path.resolve(pattern))
  if (packageCPath !== undefined) options.packageCPath = packageCPath.map(pattern => path.resolve(pattern))
  return options
}

function argsOf(index: number, args: NonNullable<BranchSettings['args']>): Parcel {
  const list: unknown = typeof args === 'function' ? args(index) : args
  if (!Array.isArray(list)) throw invalid(`args(${index}), which gave`, list, 'an array of plain data')
  return pack(list, odd => refuseArgument(index, odd))
}

function refuseArgument(index: number, { what, path: where }: Odd): never {
  throw new LuaStateError(
    'LUA_STATE_BRANCH_VALUE',
    `The args of branch ${index} hold ${what} at args${where}, which can't go to another process. Allowed is plain ` +
      `data: undefined, null, booleans, numbers, bigints, strings, Uint8Arrays, Maps, and arrays and objects of these ` +
      `(of a Lua table: toJS(table)).`,
  )
}

function checkOwn(name: OwnName, value: unknown): void {
  if (value !== undefined && !isRight[name](value)) throw invalid(name, value, allowed[name])
}

function invalid(name: string, value: unknown, wanted: string): LuaStateError {
  return new LuaStateError(
    'LUA_STATE_OPTION_INVALID',
    `branches was given ${name}: ${inspect(value, { depth: 0 })}. Allowed is ${wanted}.`,
  )
}

/** Infinity is no limit. */
function finite(limit: number | undefined): number | undefined {
  return limit === Infinity ? undefined : limit
}

/** By what it can do: a test environment (jsdom) may have put its own class in the place of Node's. */
function isSignal(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'aborted' in value && 'addEventListener' in value
}

function isAboveZero(value: unknown): boolean {
  return typeof value === 'number' && value > 0
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}
