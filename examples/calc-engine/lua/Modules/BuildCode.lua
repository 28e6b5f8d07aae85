-- Turns a build into a short text that can be shared, and back.
--
-- The code is a list of lines, compressed by the host's Deflate and written in Base64.
local Build = ...
local Base64 = LoadModule('Modules/Base64')

local BuildCode = {}

local function to_lines(build)
  local lines = { 'class ' .. build.class, 'level ' .. build.level }
  if build.skill then
    table.insert(lines, 'skill ' .. build.skill.name)
  end
  for _, node in ipairs(build.tree:Nodes()) do
    if node.id ~= build.tree.start then
      table.insert(lines, 'node ' .. node.id)
    end
  end
  for _, item in ipairs(build:Equipped()) do
    table.insert(lines, 'item ' .. item:Text():gsub('\n', '|'))
  end
  return lines
end

local function from_lines(text)
  local build
  for key, value in text:gmatch('(%a+) ([^\n]+)') do
    if key == 'class' then
      build = Build.new(value)
    elseif key == 'level' then
      build.level = tonumber(value)
    elseif key == 'skill' then
      build:UseSkill(value)
    elseif key == 'node' then
      build.tree:Allocate(value)
    elseif key == 'item' then
      build:Equip((value:gsub('|', '\n')))
    end
  end
  return build
end

function BuildCode.encode(build)
  return Base64.encode(Deflate(table.concat(to_lines(build), '\n')))
end

function BuildCode.decode(code)
  local bytes = Base64.decode(code)
  local text = bytes and Inflate(bytes)
  local build = text and from_lines(text)
  if not build then
    error('this is not a build code', 0)
  end
  return build
end

return BuildCode
