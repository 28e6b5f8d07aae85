/**
 * The walker behind `baseline.ts`, in Lua: one source for 5.1 to 5.4 and LuaJIT. It keeps what it uses in locals and
 * works past all metamethods, so that no code of users can disturb it.
 *
 * The chunk is called with functions of a state that nobody has touched yet, in this order. `getmetatable` and
 * `setmetatable` are those of `debug`; so is `environmentOf`, its `getfenv`, while `getfenv` and `setfenv` are those
 * of the base library: all three nil since 5.2. `isRegistryKnown` says whether Lua code ever had the registry, which
 * may be large. The chunk gives the function that takes a snapshot (see `Machine.pushSnapshotter`).
 */
import { luaTypes as types } from '../machine/machine.ts'
import { ways } from './steps.ts'

export const snapshotSource = `
local next, type, rawequal, rawget, rawset, getmetatable, setmetatable, createCoroutine,
  registry, isRegistryKnown, getfenv, setfenv, environmentOf = ...

local FIELD, KEY, METATABLE, ENVIRONMENT = ${ways.field}, ${ways.key}, ${ways.metatable}, ${ways.environment}
local GLOBALS, REGISTRY, TYPE = ${ways.globals}, ${ways.registry}, ${ways.typeMetatable}
local TYPES = { ${types.string}, ${types.number}, ${types.boolean}, ${types.function}, ${types.thread}, ${types.nil} }
local globalsKey = not getfenv and 2 or nil
local loaded = rawget(registry, '_LOADED')

-- C code is lost without what it has put into the registry under keys of its own.
local function isCovered(key)
  if type(key) == 'string' then return key ~= '_CLIBS' and key ~= '_HOOKKEY' end
  return globalsKey and rawequal(key, globalsKey)
end

local function isMetatable(value)
  if type(value) ~= 'table' then return false end
  for _, field in next, { '__index', '__gc', '__mode', '__name' } do
    if not rawequal(rawget(value, field), nil) then return true end
  end
  return false
end

-- Whether something new must be left where it is.
local function stays(object, key, value)
  if rawequal(object, registry) then
    return not isCovered(key) or type(value) == 'userdata' or isMetatable(value)
  end
  return rawequal(object, loaded) and rawequal(key, 'ffi') and type(value) == 'table' and rawget(value, 'cdef') ~= nil
end

-- Numbers can be equal and yet differ: 1 and 1.0, 0.0 and -0.0.
local function isSame(one, other)
  if type(one) ~= 'number' or type(other) ~= 'number' then return rawequal(one, other) end
  return one == other and one .. '' == other .. '' or one ~= one and other ~= other
end

local nothing = {}

-- The entries among which there may be new ones.
local function entriesOf(object)
  return rawequal(object, registry) and not isRegistryKnown() and nothing or object
end

local function restoreContent(object, content, size, numeric)
  local found = 0
  for key, value in next, entriesOf(object) do
    local before = content[key]
    if rawequal(value, before) then
      found = found + 1
    elseif not rawequal(before, nil) then
      found = found + 1
      rawset(object, key, before)
    elseif not stays(object, key, value) then
      rawset(object, key, nil)
    end
  end
  if found < size then
    for key, before in next, content do rawset(object, key, before) end
  end
  for index = 1, #numeric do rawset(object, numeric[index], content[numeric[index]]) end
end

return function()
  local globals = getfenv and getfenv(0) or rawget(registry, globalsKey)
  local count, known = 0, {}
  local objects, parents, ways, keys = {}, {}, {}, {}
  local metatables, contents, sizes, numerics = {}, {}, {}, {}
  local functions, walked = {}, 0
  local samples, typeMetatables = { '', 0, true, next, createCoroutine(function() end) }, {}

  local function note(object, parent, way, key)
    local kind = type(object)
    if kind == 'function' and way == FIELD and environmentOf then
      functions[#functions + 1] = { object, parent, key }
    end
    if kind ~= 'table' and kind ~= 'userdata' or known[object] then return end
    count = count + 1
    known[object] = true
    objects[count], parents[count], ways[count], keys[count] = object, parent, way, key
  end

  local function copyContent(index)
    local object, content, size, numeric = objects[index], {}, 0, {}
    local all = not rawequal(object, registry)
    for key, value in next, object do
      if all or isCovered(key) then
        size = size + 1
        content[key] = value
        if type(value) == 'number' then numeric[#numeric + 1] = key end
        note(value, index, FIELD, key)
        note(key, index, KEY, key)
      end
    end
    contents[index], sizes[index], numerics[index] = content, size, numeric
  end

  -- Breadth first, so that each is known by its shortest path from the first root that leads to it.
  local function walkFrom(root, parent, way, key)
    note(root, parent, way, key)
    while walked < count do
      walked = walked + 1
      if type(objects[walked]) == 'table' then copyContent(walked) end
      metatables[walked] = getmetatable(objects[walked])
      note(metatables[walked], walked, METATABLE)
    end
  end

  local function restore()
    if getfenv and not rawequal(getfenv(0), globals) then setfenv(0, globals) end
    for index = 1, #TYPES do
      local metatable = typeMetatables[index]
      if not rawequal(getmetatable(samples[index]), metatable) then setmetatable(samples[index], metatable) end
    end
    for index = 1, count do
      local object, metatable, content = objects[index], metatables[index], contents[index]
      if not rawequal(getmetatable(object), metatable) then setmetatable(object, metatable) end
      if content then restoreContent(object, content, sizes[index], numerics[index]) end
    end
  end

  -- One list for all: before, after, the number of steps, and each step's way and key, the last step first.
  local function changes()
    local list, at = {}, 1

    local function add(before, after, index, way, key)
      local step = 0
      list[at], list[at + 1] = before, after
      while way do
        step = step + 1
        list[at + 1 + 2 * step], list[at + 2 + 2 * step] = way, key
        index, way, key = parents[index], ways[index], keys[index]
      end
      list[at + 2] = step
      at = at + 3 + 2 * step
    end

    local function compareContent(index)
      local object, content = objects[index], contents[index]
      for key, value in next, entriesOf(object) do
        if rawequal(content[key], nil) and not stays(object, key, value) then add(nil, value, index, FIELD, key) end
      end
      for key, before in next, content do
        local value = rawget(object, key)
        if not isSame(value, before) then add(before, value, index, FIELD, key) end
      end
    end

    if getfenv and not rawequal(getfenv(0), globals) then add(globals, getfenv(0), 0, GLOBALS) end
    for index = 1, #TYPES do
      local before, after = typeMetatables[index], getmetatable(samples[index])
      if not rawequal(before, after) then add(before, after, 0, TYPE, TYPES[index]) end
    end
    for index = 1, count do
      local before, after = metatables[index], getmetatable(objects[index])
      if not rawequal(before, after) then add(before, after, index, METATABLE) end
      if contents[index] then compareContent(index) end
    end
    return list
  end

  walkFrom(globals, 0, GLOBALS)
  for index = 1, #TYPES do
    typeMetatables[index] = getmetatable(samples[index])
    walkFrom(typeMetatables[index], 0, TYPE, TYPES[index])
  end
  walkFrom(registry, 0, REGISTRY)
  local index = 1
  while functions[index] do
    local found, parent, key = functions[index][1], functions[index][2], functions[index][3]
    walkFrom(environmentOf(found), parent, ENVIRONMENT, key)
    index = index + 1
  end
  return restore, changes
end
`
