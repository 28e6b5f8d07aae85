/**
 * The Lua that random operations run. Nothing of it may differ between versions: no number becomes text, no `#` of a
 * table with holes, no yield inside of a pcall, no message of Lua's own.
 */
export const chunks = {
  echo: 'return ...',
  count: 'return select("#", ...)',
  types: 'local t = {} for i = 1, select("#", ...) do t[i] = type((select(i, ...))) end return t',
  packed: 'return {...}',
  equal: 'local a, b = ... return a == b, rawequal(a, b), a == a',
  bytes: 'local s = ... if type(s) == "string" then return s:byte(1, -1) end',
  reversed: 'local s = ... if type(s) == "string" then return s:reverse(), #s, s:sub(2), s .. s end',
  counted: 'local n = 0 for k, v in pairs((...)) do n = n + 1 end return n',
  caught: 'return pcall(error, (...), 0)',
  caughtDeep: 'local v = ... return pcall(function() local ok, e = pcall(error, v, 0) error(e, 0) end)',
  handled: 'local v = ... return xpcall(function() error(v, 0) end, function(e) return {e} end)',
  failing: 'return pcall(function(...) return (...).x.y.z end, ...) == true',
  called: 'return (...)()',
  wrapped: 'local v = ... return coroutine.wrap(function(...) coroutine.yield(...) end)(...)',
  stored: 'a, b = ... return a',
  closure: 'local v = ... return (function() return v end)()',
  sorted:
    'local t = {} for i = 1, select("#", ...) do local v = select(i, ...) ' +
    'if type(v) == "number" and v == v then t[#t + 1] = v end end table.sort(t) return t',
} as const

/** How Lua calls a callback: `f` is the callback, the rest its arguments. */
export const routes = {
  straight: 'local f = ... return f(select(2, ...))',
  protected: 'return pcall(...)',
  inCoroutine: 'local f = ... return coroutine.wrap(f)(select(2, ...))',
  resumed: 'local f = ... return coroutine.resume(coroutine.create(f), select(2, ...))',
  nested:
    'local f = ... return pcall(coroutine.wrap(function(...) return pcall(f, ...) end), select(2, ...))',
  asIndex: 'local f, k = ... return setmetatable({}, {__index = function(_, k) return f(k) end})[k]',
  asNewIndex: 'local f, v = ... setmetatable({}, {__newindex = function(_, k, v) f(k, v) end}).x = v',
  asCall:
    'local f = ... return setmetatable({}, {__call = function(_, ...) return f(...) end})(select(2, ...))',
  asIterator: 'local f = ... for v in f do return v end',
  asReplacement: 'local f = ... return pcall(string.gsub, "ab", "a", function() f() end)',
} as const

export const coroutines = {
  echoes: 'return coroutine.create(function(...) local v = ... while true do v = coroutine.yield(v) end end)',
  counts: 'return coroutine.create(function() for i = 1, 3 do coroutine.yield(i) end return "end" end)',
  fails: 'return coroutine.create(function(...) coroutine.yield(1) error((...), 0) end)',
  nests:
    'return coroutine.create(function(...) local inner = coroutine.wrap(function(...) ' +
    'coroutine.yield(...) return "inner" end) coroutine.yield(inner(...)) return inner() end)',
} as const

/** What is tried on a state that may be closed. */
export const uses = ['eval', 'compile', 'table', 'globals', 'baseline', 'closed', 'memory'] as const

export type ChunkName = keyof typeof chunks
export type RouteName = keyof typeof routes
export type CoroutineName = keyof typeof coroutines
export type Use = (typeof uses)[number]

export const chunkNames = Object.keys(chunks) as ChunkName[]
export const routeNames = Object.keys(routes) as RouteName[]
export const coroutineNames = Object.keys(coroutines) as CoroutineName[]
