-- Active skills: what they use and what they do to it.
local skills = {
  ['Ground Smash'] = {
    flags = { Attack = true, Melee = true, Area = true },
    damageEffectiveness = 1.4,
    attackTimeMultiplier = 1.25,
  },
  ['Twin Shot'] = {
    flags = { Attack = true, Projectile = true },
    damageEffectiveness = 0.9,
    projectiles = 2,
  },
  ['Ember Bolt'] = {
    flags = { Spell = true, Projectile = true },
    fire = { 30, 46 },
    critChance = 6,
    castTime = 0.75,
    damageEffectiveness = 1,
  },
}

local count = 0
for name, skill in pairs(skills) do
  skill.name = name
  count = count + 1
end

return { count = count, byName = skills }
