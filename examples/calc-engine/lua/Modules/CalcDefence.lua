-- Life, armour, evasion and resistances; how large a hit the character survives.
local RESIST_CAP = 75

local function round(number)
  return math.floor(number + 0.5)
end

local function resist(env, type)
  local name = type .. 'Resist'
  local most = RESIST_CAP + env.modDB:Sum('BASE', env.config, name .. 'Max')
  local total = env.modDB:Sum('BASE', env.config, name)
  env.output[name] = math.min(total, most)
  env.output[name .. 'OverCap'] = math.max(0, total - most)
end

return function(env)
  local db, config, output = env.modDB, env.config, env.output
  local life = 38 + 12 * env.build.level + math.floor(output.Strength / 2)
  output.Life = round((life + db:Sum('BASE', config, 'Life')) * db:Scale(config, 'Life'))
  output.Armour = round(db:Sum('BASE', config, 'Armour') * db:Scale(config, 'Armour'))
  local evasion_from_dexterity = 1 + math.floor(output.Dexterity / 5) / 100
  output.Evasion = round(db:Sum('BASE', config, 'Evasion') * db:Scale(config, 'Evasion') * evasion_from_dexterity)
  for _, type in ipairs({ 'Fire', 'Cold', 'Lightning' }) do
    resist(env, type)
    output[type .. 'MaximumHit'] = round(output.Life / (1 - output[type .. 'Resist'] / 100))
  end
end
