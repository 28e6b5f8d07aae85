-- Breaks a state at random, and says whether it is whole again: a second account of what a baseline covers, which
-- shares no code with the first. Called with a seed; gives `disturb(times)` and `check()`.
local seed = ...
local next, type, rawequal, rawset, rawget = next, type, rawequal, rawset, rawget
local getmetatable, setmetatable, registry = debug.getmetatable, debug.setmetatable, debug.getregistry()
local error, ipairs = error, ipairs
local samples = { '', 0, true, print, coroutine.create(print) }
local SAMPLES = 6

tangled = { 1, 2, { x = 1, [true] = 2 }, text = 'text' }
guarded = setmetatable({ tangled = tangled }, { __index = tangled, __newindex = tangled, __metatable = 'locked' })
tangled.guarded = guarded
weak = setmetatable({ [tangled] = guarded, [guarded] = tangled }, { __mode = 'k' })
keyed = { [tangled] = { guarded }, [1.5] = {}, [-7] = 0 }

local objects, contents, metatables, typeMetatables, known = {}, {}, {}, {}, {}

local function note(object)
  local kind = type(object)
  if (kind ~= 'table' and kind ~= 'userdata') or known[object] or rawequal(object, registry) then return end
  known[object] = true
  objects[#objects + 1] = object
end

local function noteContent(index)
  if type(objects[index]) ~= 'table' then return end
  contents[index] = {}
  for key, value in next, objects[index] do
    contents[index][key] = value
    note(value)
    note(key)
  end
end

note(_G)
for index = 1, SAMPLES do
  typeMetatables[index] = getmetatable(samples[index])
  note(typeMetatables[index])
end
for _, name in ipairs({ '_LOADED', '_PRELOAD', 'FILE*' }) do note(registry[name]) end
local at = 1
while objects[at] do
  metatables[at] = getmetatable(objects[at])
  note(metatables[at])
  noteContent(at)
  at = at + 1
end

local function random(most)
  seed = (seed * 16807) % 65537
  return seed % most + 1
end

local function refuse() error('refused') end
local values = { 1, 2.5, 'upper', false, true, print, {}, tangled, guarded, function() end }

local function randomKey(object)
  local key
  for _ = 1, random(8) do
    key = next(object, key)
    if rawequal(key, nil) then return 'none' end
  end
  return key
end

local ways = {
  function(object) rawset(object, values[random(#values)], values[random(#values)]) end,
  function(object) rawset(object, randomKey(object), values[random(#values)]) end,
  function(object) rawset(object, randomKey(object), nil) end,
  function(object)
    local key = randomKey(object)
    local value = rawget(object, key)
    rawset(object, key, nil)
    rawset(object, key, value)
  end,
  function(object) setmetatable(object, { __index = refuse, __newindex = refuse, __eq = refuse, __len = refuse }) end,
  function(object) setmetatable(object, nil) end,
  function() setmetatable(samples[random(SAMPLES)], { __index = {}, __eq = refuse, __concat = refuse }) end,
  function() registry.extra = {} end,
}

local function disturb(times)
  for _ = 1, times do
    local object = objects[random(#objects)]
    if type(object) == 'table' then ways[random(#ways)](object) end
  end
end

local function isWhole(index)
  local object, content = objects[index], contents[index]
  if not rawequal(getmetatable(object), metatables[index]) then return false end
  for key, value in next, content and object or {} do
    if not rawequal(content[key], value) then return false end
  end
  for key, value in next, content or {} do
    if not rawequal(rawget(object, key), value) then return false end
  end
  return true
end

local function check()
  for index = 1, SAMPLES do
    if not rawequal(getmetatable(samples[index]), typeMetatables[index]) then return false end
  end
  for index = 1, #objects do
    if not isWhole(index) then return false end
  end
  return rawequal(registry.extra, nil)
end

return disturb, check
