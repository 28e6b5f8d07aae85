/** In Lua: what the host has to know of, as it comes: finalizers, coroutines, handlers of errors. */
export const watchesSource = String.raw`
-- Finalizers that raise do so wherever memory is taken: the host has to know that there are any.
local function watchFinalizers(host, version)
  local noted = false
  local function note()
    if not noted then
      noted = true
      host.finalizersExist()
    end
  end
  if newproxy then
    local original = newproxy
    function newproxy(...)
      note()
      return original(...)
    end
  elseif version ~= '5.4' then
    local original = setmetatable
    _G.setmetatable = function(...)
      local _, metatable = ...
      if not noted and type(metatable) == 'table' and rawget(metatable, '__gc') ~= nil then note() end
      return original(...)
    end
  end
  local ffi = package.preload.ffi
  if ffi then
    package.preload.ffi = function(...)
      note()
      return ffi(...)
    end
  end
end

-- Hooks are each coroutine's own on PUC Lua: a limit must know them all.
local function watchCoroutines(host)
  local create, wrapped, getupvalue = coroutine.create, coroutine.wrap, debug.getupvalue
  local noteCoroutine = host.noteCoroutine
  function coroutine.create(f)
    local thread = create(f)
    noteCoroutine(thread)
    return thread
  end
  function coroutine.wrap(f)
    local step = wrapped(f)
    local _, thread = getupvalue(step, 1)
    noteCoroutine(thread)
    return step
  end
end

-- An error that ends the call must not meet a handler that goes on for ever.
local function guardHandlers(host)
  local original, isEnding = xpcall, host.isEnding
  function xpcall(f, handle, ...)
    return original(f, function(e)
      if isEnding() then return e end
      return handle(e)
    end, ...)
  end
end
`
