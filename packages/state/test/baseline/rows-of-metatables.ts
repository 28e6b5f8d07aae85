/** Metatables of tables, userdata and types; environments; the registry. */
import { notLuaJit, withEnvironments, withoutC, withoutEnvironments, type Row } from './row.ts'

const typeMetatables = ['nil', 'true', '0', 'print', 'coroutine.create(print)']

export const rowsOfMetatables: readonly Row[] = [
  {
    says: 'a strict mode for globals that was switched on',
    breaks: 'setmetatable(_G, { __newindex = function() error("strict") end, __metatable = "locked" })',
    changes: ['added getmetatable(_G)'],
    holds: 'getmetatable(_G) == nil',
  },
  {
    says: 'a strict mode for globals that was switched off',
    before: 'setmetatable(_G, { __index = function(_, name) error("no " .. name) end })',
    breaks: 'setmetatable(_G, nil)',
    changes: ['removed getmetatable(_G)'],
    holds: 'not pcall(function() return undefined end)',
  },
  {
    says: 'a metatable that was replaced',
    before: 'point = setmetatable({}, { __index = { x = 1 } })',
    breaks: 'setmetatable(point, { __index = { x = 2 } })',
    changes: ['changed getmetatable(point)'],
    holds: 'point.x == 1',
  },
  {
    says: 'fields of a metatable, and of what it leads to',
    before: 'point = setmetatable({}, { __index = { x = 1, y = 1 }, __call = function() return 1 end })',
    breaks: `
      local meta = getmetatable(point)
      meta.__index.x, meta.__index.y, meta.__call, meta.__len = 2, nil, nil, function() return 9 end
      pcall(point)`,
    changes: [
      'changed getmetatable(point).__index.x',
      'removed getmetatable(point).__index.y',
      'removed getmetatable(point).__call',
      'added getmetatable(point).__len',
    ],
    holds: 'point.x == 1 and point.y == 1 and point() == 1 and #point == 0',
  },
  {
    says: 'a metamethod that was missed in the meantime',
    before: 'point = setmetatable({}, { __index = { x = 1 } })',
    breaks: 'getmetatable(point).__index = nil assert(point.x == nil)',
    changes: ['removed getmetatable(point).__index'],
    holds: 'point.x == 1',
  },
  {
    says: 'a protected table whose every metamethod raises',
    before: `
      local function refuse() error("refused") end
      guarded = setmetatable({ x = 1 }, {
        __metatable = "locked", __index = refuse, __newindex = refuse, __pairs = refuse, __len = refuse, __eq = refuse,
        __tostring = refuse, __call = refuse,
      })`,
    breaks:
      'rawset(guarded, "x", 2) rawset(guarded, "y", 2) debug.getmetatable(guarded).__metatable = "other"',
    changes: ['changed guarded.x', 'added guarded.y', 'changed getmetatable(guarded).__metatable'],
    holds: 'guarded.x == 1 and rawget(guarded, "y") == nil and getmetatable(guarded) == "locked"',
  },
  {
    says: 'a protected table that was replaced by one that claims to equal it',
    before: 'always = { __eq = function() return true end } pair = setmetatable({ 1 }, always)',
    breaks: 'pair = setmetatable({ 2 }, always)',
    changes: ['changed pair'],
    holds: 'pair[1] == 1',
  },
  {
    says: 'the metatable of strings, changed',
    breaks: 'getmetatable("").__index = nil getmetatable("").__call = print',
    changes: ['removed getmetatable("").__index', 'added getmetatable("").__call'],
    holds: '("x"):upper() == "X" and getmetatable("").__call == nil',
  },
  {
    says: 'the metatable of strings, replaced',
    breaks: 'debug.setmetatable("", { __index = math })',
    changes: ['changed getmetatable("")'],
    holds: '("x"):upper() == "X"',
  },
  {
    says: 'the metatable of strings, removed',
    breaks: 'debug.setmetatable("", nil)',
    changes: ['removed getmetatable("")'],
    holds: '("x"):upper() == "X"',
  },
  {
    says: 'metatables of the other types',
    breaks: `
      local meta = { __index = {}, __call = print }
      debug.setmetatable(nil, meta) debug.setmetatable(true, meta) debug.setmetatable(0, meta)
      debug.setmetatable(print, meta) debug.setmetatable(coroutine.create(print), meta)`,
    changes: typeMetatables.map(type => `added getmetatable(${type})`),
    holds: typeMetatables.map(type => `debug.getmetatable(${type}) == nil`).join(' and '),
  },
  {
    says: 'a metatable of numbers, changed deep inside',
    before: 'debug.setmetatable(0, { __index = { half = function(n) return n / 2 end } })',
    breaks: 'debug.getmetatable(0).__index.half = nil',
    changes: ['removed getmetatable(0).__index.half'],
    holds: '(4):half() == 2',
  },
  {
    says: 'the metatable of files, replaced for one of them',
    breaks: 'debug.setmetatable(io.stdout, {})',
    changes: ['changed getmetatable(io.stdout)'],
    holds: 'io.type(io.stdout) == "file" and io.stdout.write == io.stderr.write',
  },
  {
    says: 'the methods of files',
    before: 'files = debug.getmetatable(io.stdout).__index',
    breaks: 'files.write = nil',
    changes: ['removed files.write'],
    holds: 'io.stdout.write',
  },
  {
    says: 'the default output',
    breaks: 'io.output(io.tmpfile())',
    changes: ['changed debug.getregistry()._IO_output'],
    holds: 'io.output() == io.stdout',
    unless: withEnvironments,
  },
  {
    says: 'a weak table whose entries are gone',
    before: 'kept = {} cache = setmetatable({ kept, [kept] = true }, { __mode = "kv" })',
    breaks: 'cache[1], cache[kept], kept = nil, nil, nil collectgarbage()',
    changes: ['removed cache[1]', 'removed cache[table]', 'removed kept'],
    holds: 'cache[1] == kept and cache[kept] == true',
  },
  {
    says: 'the registry',
    breaks: 'debug.getregistry().extra = {} debug.getregistry()._LOADED = {}',
    changes: ['added debug.getregistry().extra', 'changed debug.getregistry()._LOADED'],
    holds: 'debug.getregistry().extra == nil and debug.getregistry()._LOADED == package.loaded',
  },
  {
    says: 'what lies in tables of the registry',
    breaks: 'debug.getregistry()._LOADED.extra = 1',
    changes: ['added package.loaded.extra'],
    holds: 'package.loaded.extra == nil',
  },
  {
    says: 'the table of globals, replaced in the registry',
    before: 'globals = _G',
    breaks: 'debug.getregistry()[2] = {}',
    changes: ['changed debug.getregistry()[2]'],
    holds: '_G == globals',
    unless: withEnvironments,
  },
  {
    says: 'the table of globals, replaced by setfenv',
    before: 'globals = _G',
    breaks: 'setfenv(0, {})',
    changes: ['changed _G'],
    holds: 'getfenv(0) == globals and globals == _G',
    unless: withoutEnvironments,
  },
  {
    says: 'what lies in the environment of a function',
    before: 'sandboxed = setfenv(function() return x end, { x = 1 })',
    breaks: 'getfenv(sandboxed).x = 2',
    changes: ['changed debug.getfenv(sandboxed).x'],
    holds: 'sandboxed() == 1',
    unless: withoutEnvironments,
  },
  {
    says: 'the default output where functions have environments, but on LuaJIT',
    before: 'defaults = debug.getfenv(io.output)',
    breaks: 'io.output(io.tmpfile())',
    changes: ['changed defaults[2]'],
    holds: 'io.output() == io.stdout',
    unless: { where: lua => lua.runtime !== 'lua5.1', because: 'only Lua 5.1 has it there' },
  },
  {
    says: 'what C code has put into the registry stays',
    breaks: `
      local registry = debug.getregistry()
      registry["a.handle"], registry["a.library"], registry[true] = { __index = {}, __gc = print }, io.stdout, 1`,
    changes: [],
    holds: 'debug.getregistry()["a.handle"].__gc == print and debug.getregistry()["a.library"]',
    unless: withoutC,
  },
  {
    says: 'what ffi has declared stays, and ffi with it: it cannot be opened twice',
    breaks: 'require("ffi").cdef("struct point { int x; };") ffi = require("ffi")',
    changes: ['added ffi'],
    holds: 'ffi == nil and require("ffi").new("struct point", 7).x == 7',
    unless: notLuaJit,
  },
  {
    says: 'values of ffi, whose metamethods are not asked',
    before: `
      local ffi = require("ffi")
      local refuse = function() error("refused") end
      local number = ffi.metatype("struct { int x; }", { __eq = refuse, __index = refuse, __tostring = refuse })
      one, other = number(1), number(2)`,
    breaks: 'one, other, added = other, nil, one',
    changes: ['changed one', 'removed other', 'added added'],
    holds: 'type(one) == "cdata" and type(other) == "cdata" and rawequal(added, nil)',
    unless: notLuaJit,
  },
]
