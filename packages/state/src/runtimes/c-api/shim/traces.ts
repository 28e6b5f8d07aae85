/** In Lua: where an error was raised. */
export const tracesSource = String.raw`
-- Without the frames of this chunk.
local function tracebackOf(thread, level)
  local text
  if thread then text = traceback(thread, '', level) else text = traceback('', level) end
  return (gsub(gsub(text, '^\n', ''), '\n[^\n]*%(LuaState%)[^\n]*', ''))
end

local function nameOf(info)
  return info.name or (info.what == 'main' and 'main chunk') or 'function'
end

local function infoAt(thread, level)
  if thread then return getinfo(thread, level, 'Slnf') end
  return getinfo(level, 'Slnf')
end

-- Of 5.1: coroutine.wrap hides which coroutine it made.
local wrapped = setmetatable({}, { __mode = 'kv' })
-- Of 5.4: coroutine.wrap empties a coroutine that fails before anybody can ask it.
local left = setmetatable({}, { __mode = 'k' })

-- The coroutine behind what coroutine.wrap gave: the C function's upvalue.
local function wrappedBy(info)
  if info.what ~= 'C' then return end
  local _, value = getupvalue(info.func, 1)
  value = value or wrapped[info.func]
  return type(value) == 'thread' and status(value) == 'dead' and value or nil
end

local function append(trace, inner)
  for index = 1, #inner do trace[#trace + 1] = inner[index] end
  trace.traceback = trace.traceback .. inner.traceback .. '\n'
end

-- Of an error that left a coroutine through coroutine.wrap, the coroutine's own frames come first.
local function collectFrames(trace, thread, level)
  while #trace < MOST * 3 do
    local info = infoAt(thread, level)
    if not info then return end
    local inner = wrappedBy(info)
    if inner and left[inner] then
      append(trace, left[inner])
    elseif inner then
      collectFrames(trace, inner, 0)
      trace.traceback = trace.traceback .. tracebackOf(inner, 0) .. '\n'
    end
    if info.currentline > 0 and info.source ~= OURS then
      trace[#trace + 1] = nameOf(info)
      trace[#trace + 1] = info.source
      trace[#trace + 1] = info.currentline
    end
    level = level + 1
  end
end

local function capture(thread)
  local trace = { traceback = '' }
  collectFrames(trace, thread, thread and 0 or 5)
  trace.traceback = trace.traceback .. tracebackOf(thread, thread and 0 or 5)
  traces.last = trace
end

local function handler(e)
  traces.last = nil
  pcall(capture)
  return e
end

local function traceOf(thread)
  traces.last = nil
  pcall(capture, thread)
end

local function keepTrace(e)
  pcall(function()
    local trace = { traceback = tracebackOf(nil, 5) }
    collectFrames(trace, nil, 5)
    left[running()] = trace
  end)
  return e
end

local function passOn(ok, ...)
  if ok then return ... end
  error((...), 0)
end

-- What it costs is paid once for a coroutine, not each time that it goes on.
local function keepCoroutines(version)
  local original, xpcall = coroutine.wrap, xpcall
  if version == '5.4' then
    function coroutine.wrap(f)
      if type(f) ~= 'function' then return original(f) end
      return original(function(...) return passOn(xpcall(f, keepTrace, ...)) end)
    end
  elseif version == '5.1' and not jit then
    function coroutine.wrap(f)
      if type(f) ~= 'function' then return original(f) end
      local step
      step = original(function(...)
        wrapped[step] = running()
        return f(...)
      end)
      return step
    end
  end
end

local function collect(option)
  return collectgarbage(option)
end
`
