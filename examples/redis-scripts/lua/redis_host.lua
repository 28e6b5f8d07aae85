-- Runs scripts as Redis does, over the functions of a host.
--
--   local eval = require('redis_host')(host)
--   local finished, value = eval("return redis.call('GET', KEYS[1])", { 'greeting' }, {})
--
-- The host gives `call(command, ...)`, which answers a reply or { err = text },
-- and the libraries `cjson`, `cmsgpack` and `sha1hex`. A script sees them and
-- Lua's own globals, and can neither set a global nor read one that is missing.

-- Redis runs Lua 5.1. What a newer Lua has under another name is put back.
local unpack = unpack or table.unpack
local compile = loadstring or load

local function load_with(environment, script)
  if setfenv then
    local chunk, problem = compile(script, '@user_script')
    return chunk and setfenv(chunk, environment), problem
  end
  return compile(script, '@user_script', 't', environment)
end

local function redis_table(host)
  local redis = { pcall = host.call, sha1hex = host.sha1hex }

  -- An error is a table, as since Redis 7: a script that catches it reads `err`.
  function redis.call(...)
    local reply = host.call(...)
    if type(reply) == 'table' and reply.err then
      error(reply, 0)
    end
    return reply
  end

  function redis.error_reply(text)
    return { err = text:find('^%u+ ') and text or 'ERR ' .. text }
  end

  function redis.status_reply(text)
    return { ok = text }
  end

  return redis
end

local protection = {
  __index = function(_, name)
    local value = _G[name]
    if value == nil then
      error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
    end
    return value
  end,
  __newindex = function()
    error('Attempt to modify a readonly table', 2)
  end,
}

return function(host)
  local redis = redis_table(host)

  return function(script, keys, argv)
    local environment = setmetatable({
      KEYS = keys,
      ARGV = argv,
      redis = redis,
      cjson = host.cjson,
      cmsgpack = host.cmsgpack,
      unpack = unpack,
    }, protection)
    local chunk, problem = load_with(environment, script)
    if not chunk then
      return false, { err = 'ERR Error compiling script (new function): ' .. problem }
    end
    return pcall(chunk)
  end
end
