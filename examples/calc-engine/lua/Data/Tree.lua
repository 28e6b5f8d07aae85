-- The passive tree: nodes, the lines each one grants, and what it is linked to.
local nodes = {
  warden = { stats = {} },
  stalker = { stats = {} },
  might = { stats = { '+10 to Strength' } },
  grace = { stats = { '+10 to Dexterity' } },
  heavyHands = { stats = { '16% increased Melee Damage', '4% reduced Attack Speed' } },
  thickSkin = { stats = { '8% increased maximum Life', '+20 to maximum Life' } },
  plating = { stats = { '20% increased Armour', '+1% to maximum Fire Resistance' } },
  crossroads = { stats = { '+5 to Strength', '+5 to Dexterity' } },
  quickFingers = { stats = { '10% increased Attack Speed' } },
  keenEye = { stats = { '40% increased Critical Strike Chance', '+15% to Critical Strike Multiplier' } },
  cinders = { stats = { '12% increased Fire Damage', '10% more Spell Damage' } },
  bulwark = { stats = { '30% increased Armour while holding a Shield', '1% increased Damage per 20 Strength' } },
}

local links = {
  { 'warden', 'might' },
  { 'might', 'heavyHands' },
  { 'might', 'thickSkin' },
  { 'thickSkin', 'plating' },
  { 'plating', 'bulwark' },
  { 'might', 'crossroads' },
  { 'crossroads', 'cinders' },
  { 'crossroads', 'grace' },
  { 'stalker', 'grace' },
  { 'grace', 'quickFingers' },
  { 'quickFingers', 'keenEye' },
}

local count = 0
for id, node in pairs(nodes) do
  node.id = id
  node.linked = {}
  count = count + 1
end
for _, link in ipairs(links) do
  table.insert(nodes[link[1]].linked, link[2])
  table.insert(nodes[link[2]].linked, link[1])
end

return { count = count, nodes = nodes }
