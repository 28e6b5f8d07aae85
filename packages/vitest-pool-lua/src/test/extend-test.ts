/**
 * Vitest's `test` with the fixture `lua`.
 *
 * The `test` to extend is that of the instance that runs this process, which
 * Vitest itself puts on globalThis; importing 'vitest' from here could give a
 * second one, of another version.
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/setup-node.ts
 */
import type { LuaState } from '@vitest-pool-lua/state'
import type { TestAPI } from 'vitest'
import { inWorker, outside } from '../guards/in-force.ts'
import type { WorkerGuards } from '../guards/in-force.ts'
import type { LuaChoice } from '../guards/lua.ts'
import { checkChanges } from './lua-changes.ts'
import type { LuaChanges } from './lua-changes.ts'

export interface LuaFixtures {
  /** The Lua state of the running test; `getLua()` gives the same. */
  lua: LuaState
  /** Changed for a file or a suite by `test.override`. */
  luaOptions: LuaChanges
}

export function extendTest(): TestAPI<LuaFixtures> {
  const base = Reflect.get(globalThis, '__vitest_index__') as { test: TestAPI } | undefined
  if (base === undefined) return unusable()
  return base.test.extend<LuaFixtures>({
    luaOptions: {},
    lua: async ({ luaOptions }: Pick<LuaFixtures, 'luaOptions'>, use: (state: LuaState) => Promise<void>) => {
      const { worker } = inWorker('test')
      const choice = await chosen(worker, luaOptions)
      const end = worker.lua.choose(choice)
      try {
        await use(worker.lua.state(choice))
      } finally {
        end()
      }
    },
  })
}

async function chosen(worker: WorkerGuards, changes: LuaChanges): Promise<LuaChoice> {
  checkChanges(changes)
  const standard = worker.standardChoice()
  const { runtime, scope, setup } = changes
  return {
    open: runtime === undefined ? standard.open : await worker.openerOf(runtime),
    scope: scope ?? standard.scope,
    setup: typeof setup === 'string' ? await worker.importSetup(setup) : (setup ?? standard.setup),
  }
}

/** In the main process, where globalSetup imports `engine`, there is no test to extend. */
function unusable(): TestAPI<LuaFixtures> {
  return new Proxy(refuse, { apply: refuse, get: refuse }) as unknown as TestAPI<LuaFixtures>
}

function refuse(): never {
  throw outside('test')
}
