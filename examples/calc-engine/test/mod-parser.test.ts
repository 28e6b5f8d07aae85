import { describe, expect } from 'vitest'
import { getLua, test } from 'vitest-pool-lua/test'

function parse(line: string): unknown {
  return getLua().globals.modParser.parse(line)
}

describe('a modifier is read from its line', () => {
  test('with its kind and value', () => {
    expect(parse('25% increased Damage')).toEqual([{ name: 'Damage', kind: 'INC', value: 25, flags: {} }])
    expect(parse('5% less Damage')).toEqual([{ name: 'Damage', kind: 'MORE', value: -5, flags: {} }])
    expect(parse('+12 to maximum Life')).toEqual([{ name: 'Life', kind: 'BASE', value: 12, flags: {} }])
  })

  test('with what it is limited to', () => {
    const mod = { name: 'Damage', kind: 'INC', value: 10 }
    expect(parse('10% increased Attack Damage')).toEqual([{ ...mod, flags: { Attack: true } }])
    expect(parse('10% increased Damage with Spells')).toEqual([{ ...mod, flags: { Spell: true } }])
    expect(parse('10% increased Damage while holding a Shield')).toEqual([
      { ...mod, flags: {}, condition: 'HoldingShield' },
    ])
  })

  test('with what it grows by', () => {
    expect(parse('1% increased Damage per 20 Strength')).toEqual([
      { name: 'Damage', kind: 'INC', value: 1, flags: {}, per: { stat: 'Strength', every: 20 } },
    ])
  })

  test('as several, where one line speaks of several stats', () => {
    const names = ['FireResist', 'ColdResist', 'LightningResist']
    const mods = names.map(name => ({ name, kind: 'BASE', value: 8, flags: {} }))
    expect(parse('+8% to all Elemental Resistances')).toEqual(mods)
  })
})

test('a line that can not be read comes back as it was', ({ lua }) => {
  const answer = lua.execute.all("return modParser.parse('Grants Flight on Tuesdays')")
  expect(answer).toEqual([undefined, 'Grants Flight on Tuesdays'])
})
