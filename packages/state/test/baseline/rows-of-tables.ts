/** Globals, libraries and packages: what lies in tables. */
import { withoutIntegers, type Row } from './row.ts'

export const rowsOfTables: readonly Row[] = [
  {
    says: 'a function of a library that was removed',
    breaks: 'string.upper = nil',
    changes: ['removed string.upper'],
    holds: '("x"):upper() == "X"',
  },
  {
    says: 'functions of libraries that were added and replaced',
    breaks: 'table.extra = print math.floor = print',
    changes: ['added table.extra', 'changed math.floor'],
    holds: 'table.extra == nil and math.floor(1.5) == 1',
  },
  {
    says: 'a library that was replaced by a copy of it',
    breaks: `
      local copy = {}
      for key, value in pairs(string) do copy[key] = value end
      string = copy`,
    changes: ['changed string'],
    holds: 'string == getmetatable("").__index and string == package.loaded.string',
  },
  {
    says: 'a function that was removed and put back is no change',
    breaks: 'local upper = string.upper string.upper = nil string.upper = upper',
    changes: [],
    holds: 'true',
  },
  {
    says: 'a string that was put together anew is no change',
    before: 'text = "one two"',
    breaks: 'text = table.concat({"one", "two"}, " ")',
    changes: [],
    holds: 'text == "one two"',
  },
  {
    says: 'what a baseline itself could need',
    breaks: `
      next, type, rawequal, rawget, rawset, pcall, error = nil, nil, nil, nil, nil, nil, nil
      debug.getmetatable, debug.setmetatable, debug.getregistry, coroutine.create = print, print, print, print`,
    changes: [
      ...['next', 'type', 'rawequal', 'rawget', 'rawset', 'pcall', 'error'].map(name => `removed ${name}`),
      'changed debug.getmetatable',
      'changed debug.setmetatable',
      'changed debug.getregistry',
      'changed coroutine.create',
    ],
    holds: 'type(next) == "function" and rawequal(rawget({1}, 1), 1) and debug.getmetatable ~= print',
  },
  {
    says: 'packages that were loaded and unloaded',
    breaks: 'package.loaded.extra = {} package.loaded.string = nil',
    changes: ['added package.loaded.extra', 'removed package.loaded.string'],
    holds: 'package.loaded.extra == nil and require("string") == string',
  },
  {
    says: 'the table of loaded packages, replaced',
    breaks: 'package.loaded = {}',
    changes: ['changed package.loaded'],
    holds: 'package.loaded.string == string',
  },
  {
    says: 'package.preload, package.path and the searchers',
    before: 'package.preload.kept = print searchers = package.searchers or package.loaders',
    breaks: 'package.preload.kept = nil package.preload.extra = print package.path = "" searchers[2] = nil',
    changes: [
      'removed package.preload.kept',
      'added package.preload.extra',
      'changed package.path',
      'removed searchers[2]',
    ],
    holds:
      'package.preload.kept == print and not package.preload.extra and package.path ~= "" and searchers[2]',
  },
  {
    says: 'a table deep in a module',
    before: 'package.loaded.rules = { limits = { { price = 1 } } }',
    breaks: 'package.loaded.rules.limits[1].price = 2',
    changes: ['changed package.loaded.rules.limits[1].price'],
    holds: 'package.loaded.rules.limits[1].price == 1',
  },
  {
    says: 'a table deep in a module that was unloaded too',
    before: 'package.loaded.rules = { limits = { 1, 2 } } ',
    breaks: 'package.loaded.rules.limits[3] = 3 package.loaded.rules.limits = nil package.loaded.rules = nil',
    changes: [
      'removed package.loaded.rules',
      'removed package.loaded.rules.limits',
      'added package.loaded.rules.limits[3]',
    ],
    holds: '#package.loaded.rules.limits == 2',
  },
  {
    says: 'entries under keys that are no names',
    before: 'keyed = { 10, 20, [true] = "yes", [1.5] = "float", [-1] = "negative", ["two words"] = 2 }',
    breaks: `
      keyed[2], keyed[3], keyed[true], keyed[false] = nil, 30, "no", "new"
      keyed[1.5], keyed[-1], keyed["two words"] = nil, "changed", 3`,
    changes: [
      'removed keyed[2]',
      'added keyed[3]',
      'changed keyed[true]',
      'added keyed[false]',
      'removed keyed[1.5]',
      'changed keyed[-1]',
      'changed keyed["two words"]',
    ],
    holds:
      '#keyed == 2 and keyed[2] == 20 and keyed[true] == "yes" and keyed[false] == nil and keyed[1.5] == "float"',
  },
  {
    says: 'entries under tables as keys, and what lies in the key',
    before: 'key = { x = 1 } seen = { [key] = 1, [print] = 1 } key = nil',
    breaks: `
      for key in pairs(seen) do if type(key) == "table" then key.x = 2 end end
      seen[print] = nil`,
    changes: ['changed keyof(seen[table]).x', 'removed seen[function]'],
    holds: 'seen[print] == 1 and (next(seen) == print and next(seen, print) or next(seen)).x == 1',
  },
  {
    says: 'tables in a circle',
    before: 'ring = { other = {} } ring.itself = ring ring.other.back = ring',
    breaks: 'ring.itself = {} ring.other.back = nil',
    changes: ['changed ring.itself', 'removed ring.other.back'],
    holds: 'ring.itself == ring and ring.other.back == ring',
  },
  {
    says: 'a table that was added goes as a whole',
    breaks: 'added = { deep = { x = 1 } } added.added = added',
    changes: ['added added'],
    holds: 'added == nil',
  },
  {
    says: 'a coroutine, by identity',
    before: 'routine = coroutine.create(print) kept = routine',
    breaks: 'routine = coroutine.create(print)',
    changes: ['changed routine'],
    holds: 'routine == kept',
  },
  {
    says: 'an integer that became an equal float',
    before: 'one = 1',
    breaks: 'one = 1.0',
    changes: ['changed one'],
    holds: 'math.type(one) == "integer"',
    unless: withoutIntegers,
  },
  {
    says: 'a zero that lost its sign',
    before: 'zero = -0.0',
    breaks: 'zero = 0.0',
    changes: ['changed zero'],
    holds: '1 / zero < 0',
  },
  {
    says: 'a NaN is no change',
    before: 'nan = 0 / 0',
    breaks: '',
    changes: [],
    holds: 'nan ~= nan',
  },
]
