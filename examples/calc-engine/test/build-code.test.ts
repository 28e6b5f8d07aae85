import { expect } from 'vitest'
import { invoke, LuaError, test } from 'vitest-pool-lua/test'

test('a build survives the way through its code', ({ lua }) => {
  const { newBuild, saveBuildToCode, loadBuildFromCode, calculate } = lua.globals
  const build = newBuild('Stalker', 64)
  invoke(build.tree, 'Allocate', 'keenEye')
  invoke(build, 'Equip', 'Hunting Bow\n25% increased Attack Speed\nAdds 3 to 9 Fire Damage')
  invoke(build, 'UseSkill', 'Twin Shot')
  const output = calculate()
  const code = saveBuildToCode()
  newBuild('Warden', 1)
  expect(loadBuildFromCode(code)).toMatchObject({ class: 'Stalker', level: 64 })
  expect(calculate()).toEqual(output)
})

test('a code is short and can stand in an address', ({ lua }) => {
  lua.globals.newBuild('Warden', 90)
  const code = lua.globals.saveBuildToCode()
  expect(code).toMatch(/^[\w-]+$/)
  expect(code.length).toBeLessThan(60)
})

test.for(['', 'no code!', 'AAAA', 'c3RhbGtlcg'])('%j is refused as a code', (code, { lua }) => {
  expect(() => lua.globals.loadBuildFromCode(code)).toThrow(LuaError)
  expect(() => lua.globals.loadBuildFromCode(code)).toThrow('this is not a build code')
})
