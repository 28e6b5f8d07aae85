/** Putting a state back to its baseline, against opening a new one. */
import { loadLua, type LuaFunction, type LuaState, type RuntimeName } from '@vitest-pool-lua/state'
import { compare, timed, type Contender } from '../../measure/compare.ts'
import { comparisonOf, rowOf, type Row } from '../../report/row.ts'
import { restoreGoal } from '../goals.ts'
import type { Settings } from '../settings.ts'
import { throughState } from '../sides/through-state.ts'
import { openingOf } from './lifetime.ts'
import { inUnit } from './rows-of.ts'

/** What a test may leave: globals, a module, a library without one function, with another and with one changed. */
const litter = `
  config, cache = { volume = 11 }, {}
  package.loaded.rules = { price = function() return 1 end }
  string.upper, string.trim = nil, function(text) return text end
  math.pi = 3`

/** So many are dirtied, then put back in one sample. */
const most = 20

export async function* restoringRows(runtime: RuntimeName, settings: Settings): AsyncGenerator<Row> {
  const open = await loadLua(runtime)
  const pool = Array.from({ length: most }, () => dirtyable(open()))
  const opening = { ...openingOf(await throughState(runtime), settings), name: 'opening' }
  const times = await compare([restoringOf(pool), opening], settings)
  for (const { state } of pool) state.close()
  const [restored, opened] = ['state', 'opening'].map(name => times.get(name)?.best ?? Number.NaN) as [
    number,
    number,
  ]
  const goal = runtime === 'fengari' ? restoreGoal : undefined
  const row = rowOf('restoring a baseline', 'µs', { state: inUnit(restored, 'µs') })
  yield { ...row, comparisons: [comparisonOf('opening', restored / opened, goal)] }
}

interface Dirtyable {
  readonly state: LuaState
  readonly dirty: LuaFunction
  readonly restore: () => void
}

function dirtyable(state: LuaState): Dirtyable {
  const dirty = state.compile(litter)
  const baseline = state.baseline()
  return { state, dirty, restore: () => baseline.restore() }
}

function restoringOf(pool: readonly Dirtyable[]): Contender {
  const sample = timed({
    before(times) {
      for (const { dirty } of pool.slice(0, times)) dirty()
    },
    run(times) {
      for (let i = 0; i < times; i++) pool[i]?.restore()
    },
  })
  return { name: 'state', sample, most }
}
