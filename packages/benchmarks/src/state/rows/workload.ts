/** Lua's own work, through each side and by the command-line interpreter. */
import type { RuntimeName } from '@vitest-pool-lua/state'
import { compare, timed, type Contender } from '../../measure/compare.ts'
import type { Row } from '../../report/row.ts'
import { commandLine } from '../command-line.ts'
import { workloadGoals } from '../goals.ts'
import type { Settings } from '../settings.ts'
import type { OpenLua, Side } from '../sides/side.ts'
import { workloads } from '../workloads.ts'
import { mustAgree } from './must-agree.ts'
import { timesRow } from './rows-of.ts'

export async function* workloadRows(
  runtime: RuntimeName,
  sides: readonly Side[],
  settings: Settings,
): AsyncGenerator<Row> {
  const effort = { ...settings, rounds: settings.rounds * (runtime === 'luajit' ? 4 : 1) }
  for (const { name, chunk } of workloads(settings.quick)) {
    mustAgree(name, await Promise.all(sides.map(side => resultOf(side, chunk))))
    const command = commandLine(runtime, chunk)
    const contenders = sides.map(side => workOf(side, chunk))
    if (command !== undefined) contenders.push(command)
    yield timesRow(name, 'ms', await compare(contenders, effort), workloadGoals)
  }
}

/**
 * Each sample has a new Lua, as the command line has: what LuaJIT's compiler makes of a function is a matter of
 * luck, up to twice as fast, and of more samples the luckiest are alike.
 */
function workOf(side: Side, chunk: string): Contender {
  let lua: OpenLua
  let work: () => unknown
  const sample = timed({
    async before() {
      lua = await side.open()
      work = lua.compile(chunk)
    },
    run(times) {
      for (let i = 0; i < times; i++) work()
    },
    after: () => lua.close(),
  })
  return { name: side.name, sample }
}

async function resultOf(side: Side, chunk: string): Promise<unknown> {
  const lua = await side.open()
  const result = lua.compile(chunk)()
  lua.close()
  return result
}
