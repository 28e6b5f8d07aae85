-- Where the versions of Lua differ, in one place. The rest of the engine is written in what they share.
local portable = {}

-- Compiles a chunk that sees nothing but `environment`. 5.1 gives the environment to the function that is
-- there, later versions to the chunk as it is loaded.
if setfenv then
  function portable.compile(source, name, environment)
    local chunk, problem = loadstring(source, name)
    if chunk == nil then return nil, problem end
    return setfenv(chunk, environment)
  end
else
  function portable.compile(source, name, environment)
    return load(source, name, 't', environment)
  end
end

-- The whole part of a quotient. 5.3 brought an operator for it, which earlier versions cannot even compile:
-- so it stands in a text of its own.
local operator = portable.compile('local a, b = ... return a // b', '=operator', {})
portable.divide = operator or function(a, b) return math.floor(a / b) end

-- How many characters a text has. The library utf8 came with 5.3; before, what counts is every byte that does
-- not continue a character.
function portable.length(text)
  local known = utf8 and utf8.len(text)
  if known then return known end
  local _, count = text:gsub('[^\128-\191]', '')
  return count
end

-- 5.1 and 5.2 have floats only, 5.3 and 5.4 integers of 64 bits beside them, fengari of 32: there
-- 2000000 * 2000 wraps around. As a float it is exact on all of them.
function portable.float(number)
  return number + 0.0
end

return portable
