-- Boots the engine without its window, as a test or a server does.
--
-- The program that hosts the engine supplies what only it can do:
--   ConPrintf(format, ...)   writes a line to the console
--   Deflate(text)            compresses
--   Inflate(data)            decompresses, nil if the data is damaged
--
-- What the window would offer is then a handful of globals:
--   newBuild(class, level), loadBuildFromCode(code), saveBuildToCode(), calculate()
-- They work on the one open build, the global `build`.

for _, name in ipairs({ 'ConPrintf', 'Deflate', 'Inflate' }) do
  if type(_G[name]) ~= 'function' then
    error('the host supplies no ' .. name, 0)
  end
end

-- Runs a file of the engine with the given arguments, each time anew.
function LoadModule(name, ...)
  local path, tried = package.searchpath(name, package.path)
  if not path then
    error('LoadModule: no module ' .. name .. (tried or ''), 2)
  end
  return assert(loadfile(path))(...)
end

data = {
  classes = LoadModule('Data/Classes'),
  bases = LoadModule('Data/Bases'),
  skills = LoadModule('Data/Skills'),
  tree = LoadModule('Data/Tree'),
}

modParser = LoadModule('Modules/ModParser')
local ModDB = LoadModule('Modules/ModDB')
local PassiveTree = LoadModule('Modules/PassiveTree', data.tree)
local Item = LoadModule('Modules/Item', data.bases, modParser)
local Build = LoadModule('Modules/Build', PassiveTree, Item)
local BuildCode = LoadModule('Modules/BuildCode', Build)
local calcs = LoadModule('Modules/Calcs', ModDB, modParser)

function newBuild(class, level)
  build = Build.new(class, level)
  ConPrintf('New build: level %d %s', build.level, class)
  return build
end

function loadBuildFromCode(code)
  build = BuildCode.decode(code)
  ConPrintf('Loaded build: level %d %s', build.level, build.class)
  return build
end

function saveBuildToCode()
  return BuildCode.encode(build)
end

-- Everything the engine knows of the open build, as one table of numbers.
function calculate()
  local output, unread = calcs.perform(build)
  for _, line in ipairs(unread) do
    ConPrintf('Cannot read: %s', line)
  end
  return output
end

ConPrintf('Engine ready: %d skills, %d passive skills', data.skills.count, data.tree.count)
