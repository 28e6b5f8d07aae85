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

-- All that JS holds lies in the registry: whether somebody else may have put something there is worth knowing.
local function watchRegistry()
  function debug.getregistry()
    isRegistryKnown = true
    return registry
  end
end
`
