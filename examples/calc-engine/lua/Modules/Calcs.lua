-- One calculation: collect the modifiers, then attributes, defence and offence.
-- Each pass reads what the passes before it left in `env.output`.
local ModDB, modParser = ...
local passes = {
  LoadModule('Modules/CalcAttributes'),
  LoadModule('Modules/CalcDefence'),
  LoadModule('Modules/CalcOffence'),
}

local calcs = {}

local function add_line(env, line, source)
  local mods, unread = modParser.parse(line)
  for _, mod in ipairs(mods or {}) do
    env.modDB:Add(mod, source)
  end
  if unread then
    table.insert(env.unread, unread)
  end
end

function calcs.initEnv(build)
  local env = { build = build, modDB = ModDB.new(), output = {}, unread = {}, conditions = {} }
  for _, node in ipairs(build.tree:Nodes()) do
    for _, line in ipairs(node.stats) do
      add_line(env, line, 'Tree:' .. node.id)
    end
  end
  for _, item in ipairs(build:Equipped()) do
    env.conditions['Holding' .. item.slot:sub(1, 1):upper() .. item.slot:sub(2)] = true
    for _, mod in ipairs(item:BaseMods()) do
      env.modDB:Add(mod, 'Item:' .. item.name)
    end
    for _, line in ipairs(item.lines) do
      add_line(env, line, 'Item:' .. item.name)
    end
  end
  return env
end

function calcs.perform(build)
  local env = calcs.initEnv(build)
  for _, pass in ipairs(passes) do
    pass(env)
  end
  return env.output, env.unread
end

return calcs
