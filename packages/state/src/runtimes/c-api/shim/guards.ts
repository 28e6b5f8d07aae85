/**
 * In Lua: what keeps Lua 5.1 and LuaJIT from ending the process.
 *
 * - LuaJIT counts no functions of C that call each other: a coroutine in a coroutine, or `gsub` in `gsub`, goes on until
 *   the stack of C is used up. PUC Lua ends both at 200 levels, with the same words.
 * - `load` of 5.1 frees what it still needs when its reader fails deep in the stack, under a message handler.
 * - LuaJIT up to 2.1.0-beta3 crashes where a finalizer fails after compiled code. So that it does not, its error waits
 *   for the next `collectgarbage`.
 *
 * All go on by a tail call, so that errors name the place in the user's code.
 */
export const guardsSource = String.raw`
local TOO_DEEP = 'C stack overflow'
local MOST_COROUTINES, MOST_GSUBS, DEEP = 1000, 1400, 2000

-- Of a coroutine: in how many others it runs. Set anew whenever it goes on, so errors leave nothing behind.
local depths = setmetatable({}, { __mode = 'k' })

local function enter(thread)
  local outer = running()
  local depth = (outer and depths[outer] or 0) + 1
  depths[thread] = depth
  return depth <= MOST_COROUTINES
end

local function guardCoroutines()
  local resume, wrapped = coroutine.resume, coroutine.wrap
  function coroutine.resume(thread, ...)
    if type(thread) == 'thread' and not enter(thread) then return false, TOO_DEEP end
    return resume(thread, ...)
  end
  function coroutine.wrap(f)
    if type(f) ~= 'function' then return wrapped(f) end
    local step = wrapped(f)
    local _, thread = getupvalue(step, 1)
    return function(...)
      if not enter(thread) then error(TOO_DEEP, 2) end
      return step(...)
    end
  end
end

-- Looking through the stack is slow, so it is done only where it is deep.
local function runsTooOften(f)
  if not getinfo(DEEP, 'l') then return false end
  local count = 0
  for level = 3, 2 * DEEP do
    local info = getinfo(level, 'f')
    if not info then return false end
    if info.func == f then count = count + 1 end
    if count > MOST_GSUBS then return true end
  end
end

local function guardGsub()
  local original = string.gsub
  function string.gsub(...)
    local replacement = type((select(3, ...)))
    if (replacement == 'function' or replacement == 'table') and runsTooOften(original) then error(TOO_DEEP, 2) end
    return original(...)
  end
end

local function guardLoad()
  local loadText = jit and load or loadstring
  local function read(reader)
    local pieces = {}
    while true do
      local piece = reader()
      if piece == nil or piece == '' then return concat(pieces) end
      if type(piece) ~= 'string' and type(piece) ~= 'number' then error('reader function must return a string', 0) end
      pieces[#pieces + 1] = piece
    end
  end
  local original = load
  function load(reader, name, ...)
    if type(reader) ~= 'function' then return original(reader, name, ...) end
    local ok, text = pcall(read, reader)
    if not ok then return nil, text end
    return loadText(text, name or '=(load)', ...)
  end
end

-- Of ffi.gc there may be many for one finalizer.
local function guardFinalizers()
  local guards, failure = setmetatable({}, { __mode = 'k' })
  local function guarded(finalizer)
    if type(finalizer) ~= 'function' then return finalizer end
    guards[finalizer] = guards[finalizer] or function(...)
      local ok, e = pcall(finalizer, ...)
      if not ok then failure = failure or { e } end
    end
    return guards[finalizer]
  end
  local function set(t, key, value)
    if key == '__gc' then value = guarded(value) end
    rawset(t, key, value)
  end
  local getmetatable, original, collectgarbage = getmetatable, newproxy, collectgarbage
  function newproxy(...)
    local proxy = original(...)
    local metatable = getmetatable(proxy)
    if metatable and not getmetatable(metatable) then setmetatable(metatable, { __newindex = set }) end
    return proxy
  end
  function _G.collectgarbage(...)
    local result, failed = collectgarbage(...), failure
    failure = nil
    if failed then error(failed[1], 0) end
    return result
  end
  return guarded
end

local function guardFfi(guarded)
  local load = package.preload.ffi
  if not load then return end
  package.preload.ffi = function(...)
    local ffi = load(...)
    local gc, metatype = ffi.gc, ffi.metatype
    function ffi.gc(value, finalizer) return gc(value, guarded(finalizer)) end
    function ffi.metatype(ctype, metatable)
      if type(metatable) == 'table' then metatable.__gc = guarded(metatable.__gc) end
      return metatype(ctype, metatable)
    end
    return ffi
  end
end

local function guardProcess(version)
  if version ~= '5.1' then return end
  if load then guardLoad() end
  if not jit then return end
  guardCoroutines()
  guardGsub()
  guardFfi(guardFinalizers())
end
`
