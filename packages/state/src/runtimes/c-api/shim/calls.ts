/** In Lua: functions of JS, which raise and yield where a C function of ours can't. */
export const callsSource = String.raw`
local error, pcall, rawget, rawset, select, tostring, type, next =
  error, pcall, rawget, rawset, select, tostring, type, next
local debug, coroutine, string, table, collectgarbage = debug, coroutine, string, table, collectgarbage
local getinfo, getupvalue, traceback = debug.getinfo, debug.getupvalue, debug.traceback
local running, status, yield = coroutine.running, coroutine.status, coroutine.yield
local concat, gsub = table.concat, string.gsub

local OURS = '=(LuaState)'
local MOST = 50
local functions = setmetatable({}, { __mode = 'v' })
local objects = setmetatable({}, { __mode = 'v' })
local traces = {}
local function failed() return 1 end
local function suspended() return 2 end
local function several() return 3 end
local unpack = table.unpack or unpack

-- A function of JS: entry is the C function, which gives one value or says what else to do.
local function wrap(entry, id)
  local function call(...)
    local first, second = entry(...)
    if first == failed then
      if second == failed then error('stack overflow', 0) end
      error(second, 0)
    elseif first == suspended then
      yield()
      return second()
    elseif first == several then
      return unpack(second, 1, second[0])
    end
    return first
  end
  functions[id] = call
  return call
end
`
