/**
 * The worker of one branch: a process that opens a fresh state, runs the branch's chunk or module in it, gives
 * back what came of it, and does nothing else in its life. tinypool calls `runTask` in it.
 */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import path from 'node:path'
import type { Capabilities } from '../capabilities.ts'
import { LuaStateError } from '../errors.ts'
import type { LuaState } from '../lua-state.ts'
import { loadLua } from '../open-lua.ts'
import type { LuaOptions } from '../options.ts'
import { hideFramesOf } from '../stack.ts'
import { toJS } from '../tables/table-functions.ts'
import { dataOf } from './error-data.ts'
import type { BranchTask, Outcome, Started } from './messages.ts'
import { ownModule } from './own-modules.ts'
import { pack, unpack, type Odd } from './parcel.ts'

// tinypool has called us: stacks show Lua, and not who started the worker.
hideFramesOf(path.dirname(process.argv[1] ?? ''))

export async function runTask(task: BranchTask): Promise<Outcome> {
  try {
    await watchParent(task.parent)
    const state = await openState(task)
    try {
      await tellStarted(state)
      return run(state, task)
    } finally {
      state.close()
    }
  } catch (error) {
    return { kind: 'rejected', error: dataOf(error) }
  }
}

/** Packed while the state is open: what Lua gave lives in it. */
function run(state: LuaState, { body, args }: BranchTask): Outcome {
  const given = unpack(args) as unknown[]
  try {
    const result: unknown =
      body.kind === 'chunk' ? state.execute(body.source, ...given) : callModule(state, body.name, given)
    return { kind: 'fulfilled', value: pack(toJS(result), refuseResult) }
  } catch (error) {
    return { kind: 'rejected', error: dataOf(error) }
  } finally {
    flushOutput(state)
  }
}

function callModule(state: LuaState, name: string, args: readonly unknown[]): unknown {
  const module: unknown = state.require(name)
  if (typeof module === 'function') return module(...args)
  throw new LuaStateError(
    'LUA_STATE_BRANCH_MODULE',
    `branches was given module: '${name}', which is not a function that a branch could call, but ` +
      `${module === null || typeof module !== 'object' ? String(module) : 'a table'}. ` +
      `Let the module return a function, or use chunk: "return require('${name}').run(...)".`,
  )
}

async function openState(task: BranchTask): Promise<LuaState> {
  const open = await loadLua(task.runtime, task.options)
  const probe = open()
  const { capabilities } = probe
  probe.close()
  return open({ ...task.options, ...ownLimits(task, capabilities) })
}

/**
 * What the state can keep to by itself it also explains, with chunk and line. It must not slow the branch, so LuaJIT
 * compiles as it would without: compiled loops are ended from outside.
 */
function ownLimits({ options, deadline, maxMemory }: BranchTask, can: Capabilities): LuaOptions {
  const limits: LuaOptions = {}
  if (can.memoryCap && maxMemory !== undefined) limits.maxMemory = maxMemory
  if (!can.callTimeout || deadline === undefined) return limits
  const { callTimeout, jit = callTimeout === undefined } = options
  limits.callTimeout = Math.min(deadline, (callTimeout as number | undefined) || Infinity)
  if (can.compiler) limits.jit = jit
  return limits
}

/** Returns when the thread runs, so that no moment is unwatched and its memory does not count as the branch's. */
async function watchParent(parent: number): Promise<void> {
  const thread = new Worker(ownModule('parent-watch'), { workerData: parent })
  await once(thread, 'online')
  thread.unref()
}

/** Sent before Lua runs: afterwards nothing leaves a process that is busy. */
function tellStarted({ capabilities }: LuaState): Promise<void> {
  const started: Started = {
    kind: 'started',
    rss: process.memoryUsage.rss(),
    endsItself: capabilities.callTimeout,
    keepsMemory: capabilities.memoryCap,
  }
  return new Promise(resolve => void process.send?.(started, () => resolve()))
}

/** C's own buffers: the process is killed, not left. */
function flushOutput(state: LuaState): void {
  try {
    state.execute('if io then io.stdout:flush() end')
  } catch {
    // The branch has put something else in its place.
  }
}

function refuseResult({ what, path: where }: Odd): never {
  throw new LuaStateError(
    'LUA_STATE_BRANCH_VALUE',
    `The branch gave ${what}${where === '' ? '' : ` at ${where}`}, which can't leave its worker. ` +
      `Let it return plain data: nil, booleans, numbers, strings and tables of these.`,
  )
}
