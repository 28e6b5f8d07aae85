-- Reads an item from the text that a game copies to the clipboard: its base on
-- the first line, then a line for each modifier.
local bases, modParser = ...

local Item = {}
Item.__index = Item

function Item.fromText(text)
  local lines = {}
  for line in text:gmatch('[^\r\n]+') do
    local trimmed = line:match('^%s*(.-)%s*$')
    if trimmed ~= '' then
      table.insert(lines, trimmed)
    end
  end
  local name = table.remove(lines, 1)
  local base = bases[name]
  if not base then
    error('no item is called ' .. tostring(name), 2)
  end
  return setmetatable({ name = name, base = base, slot = base.slot, lines = lines }, Item)
end

function Item:Text()
  return self.name .. '\n' .. table.concat(self.lines, '\n')
end

-- A base's own armour and evasion are modifiers like any other.
function Item:BaseMods()
  local mods = {}
  for field, name in pairs({ armour = 'Armour', evasion = 'Evasion' }) do
    if self.base[field] then
      table.insert(mods, { name = name, kind = 'BASE', value = self.base[field], flags = {} })
    end
  end
  return mods
end

function Item:Parse(line)
  return modParser.parse(line)
end

return Item
