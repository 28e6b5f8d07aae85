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

local function go(value, what)
  if what == several then return unpack(value, 1, value[0]) end
  if what == suspended then
    yield()
    return value()
  end
  if value == failed then error('stack overflow', 0) end
  error(value, 0)
end

-- A function of JS: entry is the C function, which gives one value, or one and what else to do with it.
local function wrap(entry, id)
  local function call(...)
    local value, what = entry(...)
    if what == nil then return value end
    return go(value, what)
  end
  functions[id] = call
  return call
end
`
