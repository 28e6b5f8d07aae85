/** In Lua: what a baseline is given, see baseline/snapshot-source.ts. */
export const snapshotsSource = String.raw`
local rawequal, getfenv, setfenv, createCoroutine = rawequal, getfenv, setfenv, coroutine.create
local debugmetatable, setdebugmetatable, debugfenv = debug.getmetatable, debug.setmetatable, debug.getfenv
local registry, isRegistryKnown = debug.getregistry(), false

-- Hands what nobody has touched yet to a chunk: see baseline/snapshot-source.ts.
local function equip(chunk)
  return chunk(next, type, rawequal, rawget, rawset, debugmetatable, setdebugmetatable, createCoroutine,
    registry, function() return isRegistryKnown end, getfenv, setfenv, debugfenv)
end

-- What JS holds lies in the registry by numbers: whoever else asks for the registry gets the rest of it.
-- Lua's own are 1 and 2, since 5.2.
local function isOurs(key)
  return type(key) == 'number' and (setfenv or not (key == 1 or key == 2))
end

local function nextOther(_, key)
  local value
  repeat key, value = next(registry, key) until key == nil or not isOurs(key)
  return key, value
end

local others = setmetatable({}, {
  __index = function(_, key)
    if not isOurs(key) then return registry[key] end
  end,
  __newindex = function(_, key, value)
    if isOurs(key) then error('numbers in the registry belong to the host', 2) end
    registry[key] = value
  end,
  __pairs = function(self) return nextOther, self end,
  __metatable = 'the registry, without what the host keeps there',
})

local function watchRegistry()
  function debug.getregistry()
    isRegistryKnown = true
    return others
  end
end
`
