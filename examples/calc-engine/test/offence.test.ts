import { expect } from 'vitest'
import { invoke, type LuaTable, test } from 'vitest-pool-lua/test'

function armed(newBuild: (name: string, level: number) => LuaTable, weapon: string, skill: string): LuaTable {
  const build = newBuild('Warden', 20)
  invoke(build, 'Equip', weapon)
  invoke(build, 'UseSkill', skill)
  return build
}

test('an attack takes its numbers from the weapon', ({ lua }) => {
  armed(lua.globals.newBuild, 'Iron Maul', 'Ground Smash')
  const { AverageHit, Speed, CritChance, TotalDPS } = lua.globals.calculate()
  expect(AverageHit).toBeCloseTo(16 * 1.4)
  expect(Speed).toBeCloseTo(1)
  expect(CritChance).toBe(5)
  expect(TotalDPS).toBeCloseTo(16 * 1.4 * (1 + 0.05 * 0.5))
})

test('without a weapon an attack does nothing', ({ lua }) => {
  invoke(lua.globals.newBuild('Warden', 20), 'UseSkill', 'Ground Smash')
  expect(lua.globals.calculate().TotalDPS).toBe(0)
})

test('increases add up, "more" multiplies', ({ lua }) => {
  const build = armed(lua.globals.newBuild, 'Iron Maul', 'Ground Smash')
  const lines = ['30% increased Damage', '10% reduced Physical Damage', '50% more Melee Damage']
  invoke(build, 'Equip', ['Gold Ring', ...lines].join('\n'))
  expect(lua.globals.calculate().AverageHit).toBeCloseTo(16 * 1.4 * 1.2 * 1.5)
})

test('added damage counts in full for an attack, and by its effectiveness for a spell', ({ lua }) => {
  const ring = 'Gold Ring\nAdds 10 to 20 Fire Damage'
  invoke(armed(lua.globals.newBuild, 'Hunting Bow', 'Twin Shot'), 'Equip', ring)
  expect(lua.globals.calculate().AverageHit).toBeCloseTo((11.5 + 15) * 0.9)
  invoke(armed(lua.globals.newBuild, 'Hunting Bow', 'Ember Bolt'), 'Equip', ring)
  expect(lua.globals.calculate().AverageHit).toBeCloseTo(38 + 15)
})

test('what is meant for attacks leaves spells alone', ({ lua }) => {
  const build = armed(lua.globals.newBuild, 'Iron Maul', 'Ember Bolt')
  const before = lua.globals.calculate().TotalDPS
  invoke(build, 'Equip', 'Gold Ring\n80% increased Attack Damage\n20% increased Attack Speed')
  expect(lua.globals.calculate().TotalDPS).toBe(before)
})

test('damage grows with strength where a passive skill says so', ({ lua }) => {
  const build = armed(lua.globals.newBuild, 'Iron Maul', 'Ground Smash')
  invoke(build.tree, 'Allocate', 'bulwark')
  invoke(build, 'Equip', 'Gold Ring\n+18 to Strength')
  const { Strength, AverageHit } = lua.globals.calculate()
  expect(Strength).toBe(32 + 10 + 18)
  expect(AverageHit).toBeCloseTo(16 * 1.4 * 1.03)
})
