-- What the main skill does: damage of a hit, speed, critical strikes and damage a second.
local TYPES = { 'Physical', 'Fire' }
local CRIT_MULTIPLIER = 150

-- An attack takes its numbers from the weapon, a spell from itself.
local function source_of(env, skill)
  if skill.flags.Spell then
    return { Fire = skill.fire, critChance = skill.critChance, time = skill.castTime }
  end
  local weapon = env.build.items.weapon
  if not weapon then
    return nil
  end
  local time = weapon.base.attackTime * (skill.attackTimeMultiplier or 1)
  return { Physical = weapon.base.physical, critChance = weapon.base.critChance, time = time }
end

-- The effectiveness of a skill scales all of an attack, but only what is added to a spell.
local function average_hit(env, config, skill, source)
  local effectiveness = skill.damageEffectiveness
  local of_added = skill.flags.Spell and effectiveness or 1
  local total = 0
  for _, type in ipairs(TYPES) do
    local base = source[type] or { 0, 0 }
    local low = base[1] + env.modDB:Sum('BASE', config, type .. 'Min') * of_added
    local high = base[2] + env.modDB:Sum('BASE', config, type .. 'Max') * of_added
    local average = (low + high) / 2 * env.modDB:Scale(config, 'Damage', type .. 'Damage')
    env.output[type .. 'Hit'] = average
    total = total + average
  end
  return total * (skill.flags.Attack and effectiveness or 1)
end

return function(env)
  local skill, output = env.build.skill, env.output
  local source = skill and source_of(env, skill)
  if not source then
    output.TotalDPS = 0
    return
  end
  local config = { flags = skill.flags, conditions = env.conditions, stats = output }
  local db = env.modDB
  output.AverageHit = average_hit(env, config, skill, source)
  output.Speed = 1 / source.time * db:Scale(config, 'Speed')
  output.CritChance = math.min(100, source.critChance * db:Scale(config, 'CritChance'))
  output.CritMultiplier = (CRIT_MULTIPLIER + db:Sum('BASE', config, 'CritMultiplier')) / 100
  local from_crits = 1 + output.CritChance / 100 * (output.CritMultiplier - 1)
  output.TotalDPS = output.AverageHit * output.Speed * from_crits * (skill.projectiles or 1)
end
