-- What an item is before its own lines are counted.
return {
  ['Iron Maul'] = { slot = 'weapon', tags = { Mace = true }, physical = { 12, 20 }, critChance = 5, attackTime = 0.8 },
  ['Hunting Bow'] = { slot = 'weapon', tags = { Bow = true }, physical = { 8, 15 }, critChance = 6, attackTime = 0.6 },
  ['Scale Vest'] = { slot = 'body', armour = 120 },
  ['Hide Coat'] = { slot = 'body', evasion = 135 },
  ['Oak Buckler'] = { slot = 'shield', armour = 40, evasion = 40 },
  ['Gold Ring'] = { slot = 'ring' },
}
