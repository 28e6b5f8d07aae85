/**
 * Holds one runtime against the whole table:
 *
 *     await conformTo('lua5.4')
 *
 * One test file for each runtime, so that each has a process of its own. What a row gave is in the task's meta, from
 * where `npm run docs:runtimes` takes the table of docs/runtimes.md.
 */
import { describe, expect, test } from 'vitest'
import {
  loadLua,
  LuaStateError,
  type Capabilities,
  type LuaState,
  type RuntimeName,
} from '../../src/index.ts'
import type { Difference, Open, Row, Topic } from './row.ts'
import { topics } from './topics.ts'

/** What the table of the documentation is made of. */
export interface RowMeta {
  readonly topic: string
  readonly runtime: RuntimeName
  /** Absent where the row holds as it stands. */
  readonly differs?: { readonly declaredBy: string; readonly words: string }
}

export interface RuntimeMeta {
  readonly runtime: RuntimeName
  readonly version: string
  readonly capabilities: Capabilities
}

declare module 'vitest' {
  interface TaskMeta {
    conformanceRow?: RowMeta
    conformanceRuntime?: RuntimeMeta
  }
}

/** Runs every row on the runtime; where it is not on this machine, skips with what `openLua` says to install. */
export async function conformTo(runtime: RuntimeName): Promise<void> {
  const open = await load(runtime)
  if (open instanceof LuaStateError) return skipAll(runtime, open.message)
  testCapabilities(runtime, open)
  for (const topic of topics) testTopic(runtime, topic, open)
}

/** The longest row takes about a second: what has not ended after this many ms does not end. */
const hangs = 60_000

async function load(runtime: RuntimeName): Promise<Open | LuaStateError> {
  try {
    return await loadLua(runtime)
  } catch (error) {
    if (error instanceof LuaStateError && error.code === 'LUA_STATE_RUNTIME_MISSING') return error
    throw error
  }
}

function skipAll(runtime: RuntimeName, reason: string): void {
  // oxlint-disable-next-line vitest/expect-expect -- there is nothing to expect of what is not there.
  test(`${runtime} is not on this machine`, ({ skip }) => skip(reason))
}

function testCapabilities(runtime: RuntimeName, open: Open): void {
  test(`${runtime} says what it is`, ({ task, onTestFinished }) => {
    const lua = open()
    onTestFinished(() => lua.close())
    const { version, capabilities } = lua
    task.meta.conformanceRuntime = { runtime, version, capabilities }
    expect(lua.runtime).toBe(runtime)
    expect(lua.eval('_VERSION')).toBe(`Lua ${version}`)
  })
}

function testTopic(runtime: RuntimeName, { title, rows }: Topic, open: Open): void {
  // oxlint-disable-next-line vitest/valid-title -- it is one of the table's.
  describe(title, () => {
    for (const row of rows) testRow(runtime, title, row, open)
  })
}

function testRow(runtime: RuntimeName, topic: string, row: Row, open: Open): void {
  // oxlint-disable-next-line vitest/valid-title -- it is the row's.
  test(row.says, { timeout: hangs }, async ({ task, onTestFinished }) => {
    const lua = open(row.options)
    onTestFinished(() => lua.close())
    const difference = differenceFor(row, lua)
    task.meta.conformanceRow = { topic, runtime, ...shown(difference) }
    const given = await row.does(lua, open)
    expect(given).toStrictEqual(difference === undefined ? row.gives : difference.gives)
  })
}

function differenceFor({ differs = [] }: Row, lua: LuaState): Difference | undefined {
  return differs.find(({ when }) => when(lua))
}

function shown(difference: Difference | undefined): Pick<RowMeta, 'differs'> {
  if (difference === undefined) return {}
  const { declaredBy, words } = difference
  return { differs: { declaredBy, words } }
}
