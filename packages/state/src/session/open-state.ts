/** The `LuaState` that users hold: names and defaults on top of a session. */
import { types } from 'node:util'
import { takeBaseline, type Baseline } from '../baseline.ts'
import type { Capabilities } from '../capabilities.ts'
import { executeAsync } from '../coroutines/execute-async.ts'
import { LuaStateError } from '../errors.ts'
import type { CompileOptions, LuaState } from '../lua-state.ts'
import type { LuaAny, LuaFunction, LuaTable } from '../lua-values.ts'
import type { Adapter } from '../machine/adapter.ts'
import type { Thread } from '../machine/machine.ts'
import { registerOpenState, unregisterOpenState } from '../open-states.ts'
import type { CheckedOptions } from '../options.ts'
import type { RuntimeName } from '../runtime-names.ts'
import type { Place } from '../stack.ts'
import { integrateWithExpect } from '../tables/expect-integration.ts'
import { newTable } from '../tables/new-table.ts'
import * as chunks from './chunks.ts'
import { Session } from './session.ts'

export function openState(adapter: Adapter, options: CheckedOptions): LuaState {
  const state = new State(new Session(adapter, options))
  integrateWithExpect()
  try {
    registerOpenState(state)
  } catch (error) {
    // Nobody has the state to close it.
    state.close()
    throw error
  }
  return state
}

class State implements LuaState {
  readonly runtime: RuntimeName
  readonly version: string
  readonly capabilities: Capabilities
  readonly loadedFiles: ReadonlySet<string>
  readonly eval: LuaState['eval']
  readonly execute: LuaState['execute']
  readonly #session: Session
  #globals: LuaTable | undefined

  constructor(session: Session) {
    const { machine } = session
    this.#session = session
    this.runtime = machine.runtime
    this.version = machine.version
    this.capabilities = machine.capabilities
    this.loadedFiles = machine.loadedFiles
    this.eval = evaluator(session)
    this.execute = executor(session)
  }

  get openedAt(): Place | undefined {
    return this.#session.openedAt
  }

  get closed(): boolean {
    return this.#session.closed
  }

  get globals(): LuaTable {
    this.#globals ??= chunks.globalsOf(this.#session)
    return this.#globals
  }

  compile(chunk: chunks.Source, options: CompileOptions = {}): LuaFunction {
    const checked = source('compile', chunk)
    const name = checkName(options)
    const chunkName = name === undefined ? chunks.nameOfSource(checked) : chunks.chunkNameOf(name)
    return chunks.compile(this.#session, checked, chunkName)
  }

  async executeAsync(chunk: chunks.Source, ...args: unknown[]): Promise<LuaAny> {
    const checked = source('executeAsync', chunk)
    const load = (thread: Thread) =>
      this.#session.load(thread, this.#session.encode(checked), chunks.nameOfSource(checked))
    return executeAsync(this.#session, load, args)
  }

  table(object: object = {}): LuaTable {
    return newTable(this.#session, object)
  }

  require(name: string): LuaAny {
    const find: unknown = this.globals['require']
    if (typeof find === 'function') return (find as LuaFunction)(name)
    throw new LuaStateError(
      'LUA_STATE_LIBRARY_MISSING',
      `require('${name}') needs the library 'package', which this state was opened without. ` +
        `Add 'package' to the option libraries.`,
    )
  }

  collectGarbage(): void {
    chunks.onStack(this.#session, thread => this.#session.machine.collectGarbage(thread))
  }

  memoryUsed(): number | undefined {
    return chunks.onStack(this.#session, thread => this.#session.machine.memoryUsed(thread))
  }

  baseline(): Baseline {
    return takeBaseline(this.#session)
  }

  close(): void {
    this.#session.close(() => unregisterOpenState(this))
  }

  [Symbol.dispose](): void {
    this.close()
  }
}

function evaluator(session: Session): LuaState['eval'] {
  const evaluate = (expression: chunks.Source, ...args: unknown[]) =>
    chunks.execute(session, asExpression(expression), chunks.nameOfSource(expression), args)
  const all = (expression: chunks.Source, ...args: unknown[]) =>
    chunks.executeAll(session, asExpression(expression), chunks.nameOfSource(expression), args)
  return Object.assign(evaluate, { all }) as LuaState['eval']
}

function asExpression(expression: chunks.Source): chunks.Source {
  return chunks.asExpression(source('eval', expression))
}

function executor(session: Session): LuaState['execute'] {
  const execute = (chunk: chunks.Source, ...args: unknown[]) =>
    chunks.execute(session, source('execute', chunk), chunks.nameOfSource(chunk), args)
  const all = (chunk: chunks.Source, ...args: unknown[]) =>
    chunks.executeAll(session, source('execute', chunk), chunks.nameOfSource(chunk), args)
  return Object.assign(execute, { all }) as LuaState['execute']
}

function source(what: string, chunk: unknown): chunks.Source {
  if (typeof chunk === 'string' || types.isUint8Array(chunk)) return chunk
  throw new LuaStateError(
    'LUA_STATE_CHUNK_INVALID',
    `${what} was given ${String(chunk)}, a ${typeof chunk}. Allowed is Lua source as a string or a Uint8Array.`,
  )
}

function checkName(options: unknown): string | undefined {
  const given: object = typeof options === 'object' && options !== null ? options : { options }
  for (const [option, value] of Object.entries(given)) {
    if (option === 'name' && (typeof value === 'string' || value === undefined)) continue
    throw new LuaStateError(
      'LUA_STATE_OPTION_INVALID',
      `compile was given ${option}: ${String(value)}. Allowed is { name }, a string that names the chunk.`,
    )
  }
  return (given as CompileOptions).name
}
