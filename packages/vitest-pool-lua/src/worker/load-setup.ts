/** The module that `setup` names: its default export is made by defineLuaSetup. */
import { PoolError } from '../errors.ts'
import type { LuaSetup } from '../guards/lua.ts'

/** @throws PoolError `LUA_POOL_SETUP_NOT_A_FUNCTION` */
export async function loadSetup(
  file: string,
  importModule: (file: string) => Promise<Record<string, unknown>>,
): Promise<LuaSetup> {
  const { default: setup } = await importModule(file)
  if (typeof setup === 'function') return setup as LuaSetup
  throw new PoolError(
    'LUA_POOL_SETUP_NOT_A_FUNCTION',
    `The Lua setup ${file} has ${setup === undefined ? 'no default export' : `${typeof setup} as its default export`}. Write: export default defineLuaSetup(state => { ... }), with defineLuaSetup from 'vitest-pool-lua/test'.`,
  )
}
