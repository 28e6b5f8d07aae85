-- One character: class, level, passive skills, items and its main skill.
local PassiveTree, Item = ...

local Build = {}
Build.__index = Build

function Build.new(class_name, level)
  local class = data.classes[class_name]
  if not class then
    error('no class ' .. tostring(class_name), 2)
  end
  return setmetatable({
    class = class_name,
    level = level or 1,
    base = class,
    tree = PassiveTree.new(class.start),
    items = {},
    skill = nil,
  }, Build)
end

-- Puts an item where it belongs, and answers the slot.
function Build:Equip(text)
  local item = Item.fromText(text)
  self.items[item.slot] = item
  return item.slot
end

function Build:UseSkill(name)
  self.skill = data.skills.byName[name] or error('no skill ' .. tostring(name), 2)
end

-- The items by slot, in the order of the slots' names.
function Build:Equipped()
  local items = {}
  for _, item in pairs(self.items) do
    table.insert(items, item)
  end
  table.sort(items, function(a, b)
    return a.slot < b.slot
  end)
  return items
end

return Build
