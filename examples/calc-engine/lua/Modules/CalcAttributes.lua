-- Strength and Dexterity, which everything after counts in.
return function(env)
  local base, output = env.build.base, env.output
  local config = {}
  output.Strength = base.strength + env.modDB:Sum('BASE', config, 'Strength')
  output.Dexterity = base.dexterity + env.modDB:Sum('BASE', config, 'Dexterity')
  env.config = { flags = {}, conditions = env.conditions, stats = output }
end
