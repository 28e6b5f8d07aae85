/**
 * Holds one runtime against all that `baseline.ts` promises:
 *
 *     await holdBaseline('lua5.4')
 *
 * One test file for each runtime, so that each has a process of its own.
 */
import { describe, expect, onTestFinished, test } from 'vitest'
import { loadLua, LuaStateError, type LuaOptions, type LuaState, type RuntimeName } from '../../src/index.ts'
import { testAtRandom } from './at-random.ts'
import { testManners } from './manners.ts'
import { rowsOfMetatables } from './rows-of-metatables.ts'
import { rowsOfTables } from './rows-of-tables.ts'
import { told } from './told.ts'

export async function holdBaseline(runtime: RuntimeName): Promise<void> {
  const { open, missing } = await load(runtime)
  const fresh = (options?: LuaOptions): LuaState => {
    const lua = open(options)
    onTestFinished(() => lua.close())
    return lua
  }
  describe.skipIf(missing !== '')(`a baseline on ${runtime}${missing}`, () => {
    testRows(fresh)
    testManners(fresh)
    testAtRandom(fresh)
  })
}

function testRows(fresh: () => LuaState): void {
  test.for([...rowsOfTables, ...rowsOfMetatables])('tells and undoes: $says', (row, { skip }) => {
    const { before = '', breaks, changes, holds, unless } = row
    const lua = fresh()
    skip(unless?.where(lua) === true, unless?.because)
    lua.execute(before)
    const baseline = lua.baseline()
    expect(baseline.diff()).toEqual([])
    lua.execute(breaks)
    expect(told(baseline)).toEqual(changes.toSorted())
    baseline.restore()
    expect(baseline.diff()).toEqual([])
    expect(lua.eval(`not not (${holds})`)).toBe(true)
  })
}

interface Loaded {
  readonly open: (options?: LuaOptions) => LuaState
  /** Why it can't be had here, or nothing. */
  readonly missing: string
}

const notHere = new Set(['LUA_STATE_RUNTIME_MISSING', 'LUA_STATE_RUNTIME_UNAVAILABLE'])

async function load(runtime: RuntimeName): Promise<Loaded> {
  try {
    return { open: await loadLua(runtime), missing: '' }
  } catch (error) {
    if (!(error instanceof LuaStateError) || !notHere.has(error.code)) throw error
    const open = (): never => {
      throw error
    }
    return { open, missing: `, which is not on this machine: ${error.message}` }
  }
}
