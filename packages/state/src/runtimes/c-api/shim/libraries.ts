/** In Lua: the library functions that would harm or bypass their host, replaced; libraries not asked for, dropped. */
export const librariesSource = String.raw`
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

local function isWritable(...)
  for index = 1, select('#', ...) do
    local kind = type((select(index, ...)))
    if kind ~= 'string' and kind ~= 'number' then return false end
  end
  return true
end

-- To the console's streams, so that a test runner knows whose output it is.
local function installOutput(host, version)
  local io, write, typeOf = io, host.write, io.type
  local stdout, stderr = io.stdout, io.stderr
  local methods = debug.getmetatable(stdout).__index
  local original = methods.write
  local function writeTo(file, ...)
    local standard = file == stdout or file == stderr
    if not standard or typeOf(file) ~= 'file' or not isWritable(...) then return original(file, ...) end
    write(concat({ ... }), file == stderr)
    return version == '5.1' or file
  end
  methods.write = writeTo
  io.write = function(...) return writeTo(io.output(), ...) end
end

-- There is no keyboard to wait for.
local function installIo(host, version)
  if host.noInput then pcall(io.input, host.noInput) end
  if host.write then installOutput(host, version) end
end

-- Each global is a library, of package, or of base. A module goes with its library: jit.util, table.new, ffi.
local function dropLibraries(kept)
  local globals, loaded, preload, match = _G, package.loaded, package.preload, string.match
  for name in next, globals do
    local owner = loaded[name] and name ~= '_G' and name or 'base'
    if name == 'require' or name == 'module' then owner = 'package' end
    if not kept[owner] then globals[name] = nil end
  end
  kept._G = kept.base
  for _, modules in next, { loaded, preload } do
    for name in next, modules do
      if not kept[match(name, '^[^.]+')] then modules[name] = nil end
    end
  end
  if not kept.string then debug.setmetatable('', nil) end
end
`
