import { expect, test } from 'vitest'
import { loadSetup } from '../../../src/worker/load-setup.ts'
import { rejectionOf } from '../thrown.ts'

const FILE = '/project/test/lua.setup.ts'

const exporting = (module: Record<string, unknown>) => async (file: string) => {
  expect(file).toBe(FILE)
  return module
}

function setup(): void {}

test('a setup is the default export of its module', async () => {
  expect(await loadSetup(FILE, exporting({ default: setup, other: 5 }))).toBe(setup)
})

test.each([
  ['no default export', { setup }, 'no default export'],
  ['an object as its default export', { default: { setup } }, 'object as its default export'],
  ['a number as its default export', { default: 5 }, 'number as its default export'],
])('a module with %s is refused with what to write', async (_, module, says) => {
  expect(await rejectionOf(loadSetup(FILE, exporting(module)))).toMatchObject({
    code: 'LUA_POOL_SETUP_NOT_A_FUNCTION',
    message: `The Lua setup ${FILE} has ${says}. Write: export default defineLuaSetup(state => { ... }), with defineLuaSetup from 'vitest-pool-lua/test'. [LUA_POOL_SETUP_NOT_A_FUNCTION]`,
  })
})

test('what the module throws is passed on', async () => {
  const failure = new SyntaxError('unexpected token')
  expect(await rejectionOf(loadSetup(FILE, () => Promise.reject(failure)))).toBe(failure)
})
