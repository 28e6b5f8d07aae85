import { expect } from 'vitest'
import { invoke, test } from 'vitest-pool-lua/test'

test('life comes from level and strength', ({ lua }) => {
  lua.globals.newBuild('Warden', 10)
  expect(lua.globals.calculate()).toMatchObject({ Life: 38 + 12 * 10 + 32 / 2, Armour: 0, FireResist: 0 })
})

test('an item counts with its base and with each of its lines', ({ lua }) => {
  const build = lua.globals.newBuild('Warden', 10)
  invoke(build, 'Equip', 'Scale Vest\n20% increased Armour\n+40 to maximum Life\n+30% to Fire Resistance')
  expect(lua.globals.calculate()).toMatchObject({
    Armour: 144,
    Life: 214,
    FireResist: 30,
    FireMaximumHit: 306,
    ColdMaximumHit: 214,
  })
})

test('resistances end at their cap, which passive skills can raise', ({ lua }) => {
  const build = lua.globals.newBuild('Warden', 10)
  invoke(build, 'Equip', 'Gold Ring\n+60% to all Elemental Resistances')
  invoke(build, 'Equip', 'Scale Vest\n+40% to Fire Resistance')
  expect(lua.globals.calculate()).toMatchObject({ FireResist: 75, FireResistOverCap: 25, ColdResist: 60 })
  invoke(build.tree, 'Allocate', 'plating')
  expect(lua.globals.calculate()).toMatchObject({ FireResist: 76, FireResistOverCap: 24 })
})

test('what needs a shield counts only with a shield', ({ lua }) => {
  const build = lua.globals.newBuild('Warden', 10)
  invoke(build.tree, 'Allocate', 'bulwark')
  invoke(build, 'Equip', 'Scale Vest')
  expect(lua.globals.calculate().Armour).toBe(120 * 1.2)
  invoke(build, 'Equip', 'Oak Buckler')
  expect(lua.globals.calculate().Armour).toBe((120 + 40) * 1.5)
})
