-- Reads the lines of items and passive skills.
--
--   modParser.parse('10% increased Attack Damage')
--   --> { { name = 'Damage', kind = 'INC', value = 10, flags = { Attack = true } } }
--
-- A line that cannot be read gives nil and the line, so that it can be told.

local stats = {
  ['strength'] = { 'Strength' },
  ['dexterity'] = { 'Dexterity' },
  ['maximum life'] = { 'Life' },
  ['armour'] = { 'Armour' },
  ['evasion rating'] = { 'Evasion' },
  ['fire resistance'] = { 'FireResist' },
  ['cold resistance'] = { 'ColdResist' },
  ['lightning resistance'] = { 'LightningResist' },
  ['all elemental resistances'] = { 'FireResist', 'ColdResist', 'LightningResist' },
  ['maximum fire resistance'] = { 'FireResistMax' },
  ['critical strike chance'] = { 'CritChance' },
  ['critical strike multiplier'] = { 'CritMultiplier' },
  ['damage'] = { 'Damage' },
  ['attack damage'] = { 'Damage', flags = { Attack = true } },
  ['spell damage'] = { 'Damage', flags = { Spell = true } },
  ['melee damage'] = { 'Damage', flags = { Melee = true } },
  ['projectile damage'] = { 'Damage', flags = { Projectile = true } },
  ['physical damage'] = { 'PhysicalDamage' },
  ['fire damage'] = { 'FireDamage' },
  ['attack speed'] = { 'Speed', flags = { Attack = true } },
  ['cast speed'] = { 'Speed', flags = { Spell = true } },
}

-- The first form that fits reads the line; the rest of it names the stat.
local forms = {
  { '^(%d+%.?%d*)%% increased (.+)$', 'INC', 1 },
  { '^(%d+%.?%d*)%% reduced (.+)$', 'INC', -1 },
  { '^(%d+%.?%d*)%% more (.+)$', 'MORE', 1 },
  { '^(%d+%.?%d*)%% less (.+)$', 'MORE', -1 },
  { '^%+(%d+%.?%d*)%%? to (.+)$', 'BASE', 1 },
  { '^%-(%d+%.?%d*)%%? to (.+)$', 'BASE', -1 },
}

-- What may follow the stat, and how it limits or scales the modifier.
local endings = {
  { '^(.+) while holding a (%a+)$', function(mod, what)
    mod.condition = 'Holding' .. what:sub(1, 1):upper() .. what:sub(2)
  end },
  { '^(.+) per (%d+) (%a+)$', function(mod, every, stat)
    mod.per = { stat = stats[stat] and stats[stat][1], every = tonumber(every) }
  end },
  { '^(.+) with (%a+)s$', function(mod, what)
    mod.flags[what:sub(1, 1):upper() .. what:sub(2)] = true
  end },
}

local function take_ending(text)
  for _, ending in ipairs(endings) do
    local rest, first, second = text:match(ending[1])
    if rest and not stats[text] then
      return rest, function(mod)
        ending[2](mod, first, second)
      end
    end
  end
  return text, function() end
end

local function new_mods(kind, value, text)
  local name, apply_ending = take_ending(text)
  local stat = stats[name]
  if not stat then
    return nil
  end
  local mods = {}
  for _, stat_name in ipairs(stat) do
    local mod = { name = stat_name, kind = kind, value = value, flags = {} }
    for flag in pairs(stat.flags or {}) do
      mod.flags[flag] = true
    end
    apply_ending(mod)
    table.insert(mods, mod)
  end
  return mods
end

local function added_damage(line)
  local low, high, type = line:match('^adds (%d+) to (%d+) (%a+) damage$')
  if low and (type == 'physical' or type == 'fire') then
    local name = type:sub(1, 1):upper() .. type:sub(2)
    return {
      { name = name .. 'Min', kind = 'BASE', value = tonumber(low), flags = {} },
      { name = name .. 'Max', kind = 'BASE', value = tonumber(high), flags = {} },
    }
  end
end

local modParser = {}

function modParser.parse(line)
  local text = line:lower()
  local added = added_damage(text)
  if added then
    return added
  end
  for _, form in ipairs(forms) do
    local value, rest = text:match(form[1])
    if value then
      local mods = new_mods(form[2], tonumber(value) * form[3], rest)
      if mods then
        return mods
      end
    end
  end
  return nil, line
end

return modParser
