/**
 * What the machine needs inside Lua, in Lua: it raises and yields where C functions of ours can't, takes traces, and
 * replaces the library functions that would harm or bypass their host. One source for 5.1 to 5.4 and LuaJIT.
 *
 * It keeps every function that it uses in locals, so that no code of users can disturb it, and it never shows in
 * their tracebacks.
 */

/** Its chunk name, by which frames are recognised as ours. */
export const shimName = '(LuaState)'

/** What the chunk returns, in this order. */
export const shimResults = [
  'wrap',
  'handler',
  'traceOf',
  'failed',
  'suspended',
  'functions',
  'objects',
  'traces',
  'collect',
  'equip',
  'install',
] as const

export type ShimResult = (typeof shimResults)[number]

export const shimSource = String.raw`
local error, pcall, rawget, rawset, select, tostring, type, next =
  error, pcall, rawget, rawset, select, tostring, type, next
local debug, coroutine, string, table, collectgarbage = debug, coroutine, string, table, collectgarbage
local getinfo, getupvalue, traceback = debug.getinfo, debug.getupvalue, debug.traceback
local status, yield, concat, gsub = coroutine.status, coroutine.yield, table.concat, string.gsub

local OURS = '=(LuaState)'
local MOST = 50
local functions = setmetatable({}, { __mode = 'v' })
local objects = setmetatable({}, { __mode = 'v' })
local traces = {}
local function failed() return 1 end
local function suspended() return 2 end

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
    end
    return first
  end
  functions[id] = call
  return call
end

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

-- The coroutine behind what coroutine.wrap gave: the C function's upvalue.
local function wrappedBy(info)
  if info.what ~= 'C' then return end
  local _, value = getupvalue(info.func, 1)
  return type(value) == 'thread' and status(value) == 'dead' and value or nil
end

-- Of an error that left a coroutine through coroutine.wrap, the coroutine's own frames come first.
local function collectFrames(trace, thread, level)
  while #trace < MOST * 3 do
    local info = infoAt(thread, level)
    if not info then return end
    local inner = wrappedBy(info)
    if inner then
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

local function collect(option)
  return collectgarbage(option)
end

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

local function installPrint(host)
  function print(...)
    local texts = {}
    for index = 1, select('#', ...) do
      texts[index] = tostring((select(index, ...)))
      if type(texts[index]) ~= 'string' then error("'tostring' must return a string to 'print'", 2) end
    end
    host.print(concat(texts, '\t'))
  end
end

local function installFiles(host)
  local load, setfenv, readFile = load, setfenv, host.readFile
  local hasModes = not setfenv or (jit and true)
  if setfenv and not jit then
    local loadstring = loadstring
    load = function(text, name) return loadstring(text, name) end
  end
  local function loadFile(file, mode, ...)
    local source = readFile(file)
    local text, name = source.text, source.name
    if not text then return nil, source.message end
    local f, message
    if select('#', ...) > 0 and not setfenv then f, message = load(text, name, mode, (...))
    elseif hasModes then f, message = load(text, name, mode)
    else f, message = load(text, name) end
    if not f then
      host.noteBroken(message, name)
      return nil, message
    end
    if setfenv and select('#', ...) > 0 then setfenv(f, (...)) end
    return f
  end
  function loadfile(file, mode, ...)
    if file == nil then error('loadfile: there is no standard input to read a chunk from; give a file name', 2) end
    return loadFile(file, mode, ...)
  end
  function dofile(file)
    if file == nil then error('dofile: there is no standard input to read a chunk from; give a file name', 2) end
    local f, message = loadFile(file)
    if not f then error(message, 0) end
    return f()
  end
  local package = package
  local searchers = package.searchers or package.loaders
  searchers[2] = function(module)
    if type(package.path) ~= 'string' then error("'package.path' must be a string", 0) end
    local file = host.findFile(module, package.path)
    local found = file.found
    if not found then return file.tried end
    local f, message = loadFile(found)
    if f then return f, found end
    error("error loading module '" .. module .. "' from file '" .. found .. "':\n\t" .. message, 0)
  end
  for index = 3, 4 do
    local original = searchers[index]
    if original then
      searchers[index] = function(module)
        if type(package.cpath) == 'string' then host.beforeCModule(module, package.cpath) end
        return original(module)
      end
    end
  end
  local loadlib = package.loadlib
  package.loadlib = function(...)
    host.beforeCModule()
    return loadlib(...)
  end
  package.path = host.packagePath .. package.path
  package.cpath = host.packageCPath .. package.cpath
end

local function installExit(host)
  local exit = host.exit
  os.exit = function(code)
    if code == nil or code == true then code = 0 elseif code == false then code = 1 end
    exit(code)
  end
end

-- There is no keyboard to wait for, and nothing may stay in a buffer when the process ends.
local function installIo(host)
  local io = io
  if host.noInput then pcall(io.input, host.noInput) end
  local out = io.stdout
  if out and out.setvbuf then out:setvbuf('no') end
end

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

local function dropLibraries(kept)
  local _G, loaded = _G, package.loaded
  for name in next, { coroutine = 1, table = 1, io = 1, os = 1, string = 1, math = 1, utf8 = 1, debug = 1,
                      bit = 1, bit32 = 1, jit = 1, ffi = 1, package = 1 } do
    if not kept[name] then
      _G[name], loaded[name] = nil, nil
      if name == 'package' then _G.require, _G.module = nil, nil end
    end
  end
  if not kept.base then
    for name in next, _G do
      if not kept[name] then rawset(_G, name, nil) end
    end
    loaded._G = nil
  end
end

local function install(host, version)
  installPrint(host)
  installFiles(host)
  installExit(host)
  installIo(host)
  watchRegistry()
  if host.finalizersExist then watchFinalizers(host, version) end
  if host.noteCoroutine then watchCoroutines(host) end
  if host.isEnding then guardHandlers(host) end
  function debug.debug() error('debug.debug needs a terminal, which a test does not have', 2) end
  if host.kept then dropLibraries(host.kept) end
end

return wrap, handler, traceOf, failed, suspended, functions, objects, traces, collect, equip, install
`
