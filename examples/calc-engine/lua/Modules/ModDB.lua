-- Holds modifiers and answers what they come to.
--
--   db:Sum('INC', config, 'Damage')    sum of increases and reductions, in percent
--   db:More(config, 'Damage')          product of "more" and "less", as a factor
--   db:Scale(config, 'Damage')         both together, as a factor
--
-- A config says what is being asked about: its flags (Attack, Melee, ...), the
-- conditions that hold, and the stats that "per 10 Strength" counts in.

local ModDB = {}
ModDB.__index = ModDB

function ModDB.new()
  return setmetatable({ mods = {} }, ModDB)
end

function ModDB:Add(mod, source)
  local list = self.mods[mod.name] or {}
  self.mods[mod.name] = list
  table.insert(list, { mod = mod, source = source })
end

local function applies(mod, config)
  for flag in pairs(mod.flags) do
    if not (config.flags and config.flags[flag]) then
      return false
    end
  end
  return not mod.condition or (config.conditions and config.conditions[mod.condition]) or false
end

local function value_of(mod, config)
  if not mod.per then
    return mod.value
  end
  local amount = config.stats and config.stats[mod.per.stat] or 0
  return mod.value * math.floor(amount / mod.per.every)
end

function ModDB:each(kind, config, names, visit)
  for _, name in ipairs(names) do
    for _, entry in ipairs(self.mods[name] or {}) do
      if entry.mod.kind == kind and applies(entry.mod, config) then
        visit(value_of(entry.mod, config), entry)
      end
    end
  end
end

function ModDB:Sum(kind, config, ...)
  local sum = 0
  self:each(kind, config, { ... }, function(value)
    sum = sum + value
  end)
  return sum
end

function ModDB:More(config, ...)
  local product = 1
  self:each('MORE', config, { ... }, function(value)
    product = product * (1 + value / 100)
  end)
  return product
end

function ModDB:Scale(config, ...)
  return math.max(0, 1 + self:Sum('INC', config, ...) / 100) * self:More(config, ...)
end

-- Where a number comes from: every modifier that counts, with its source.
function ModDB:Tabulate(kind, config, ...)
  local rows = {}
  self:each(kind, config, { ... }, function(value, entry)
    table.insert(rows, { value = value, source = entry.source })
  end)
  return rows
end

return ModDB
