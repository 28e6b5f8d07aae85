/** Metatables: what they do inside Lua they do through proxies too. */
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { entriesOf, invoke, lengthOf } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { on, unless, type Topic } from '../row.ts'

const luaError = (message: string) =>
  expect.objectContaining({ name: 'LuaError', message: expect.stringContaining(message) })

/** The pairs that Lua itself goes through. */
const pairsInLua =
  'local keys = {} for k in pairs(...) do keys[#keys + 1] = k end table.sort(keys) return table.concat(keys)'

const beforeTableLength = ['luajit', '5.1'] as const

export const metatables: Topic = {
  title: 'Metatables',
  rows: [
    {
      says: '`__index` answers for keys that are missing, as a function and as a table',
      does: lua => {
        const byFunction = lua.eval('setmetatable({a = 1}, {__index = function(_, k) return k .. "!" end})')
        const byTable = lua.eval('setmetatable({}, {__index = setmetatable({}, {__index = {deep = 1}})})')
        return [byFunction.a, byFunction.x, byTable.deep, byTable.none, 'deep' in byTable]
      },
      gives: [1, 'x!', 1, undefined, true],
    },
    {
      says: '`__newindex` decides what setting and deleting do',
      does: lua => {
        lua.execute(`log = {}
          t = setmetatable({own = 1}, {__newindex = function(t, k, v) log[#log + 1] = k .. tostring(v) end})`)
        const { t } = lua.globals
        t.x = 4
        t.own = 2
        delete t.gone
        return [lua.globals.log, t.x, t.own]
      },
      gives: [['x4', 'gonenil'], undefined, 2],
    },
    {
      says: 'metamethods may be functions of JavaScript',
      does: lua => {
        const asked: unknown[] = []
        const t = lua.execute(
          'local index, call = ... return setmetatable({}, {__index = index, __call = call})',
          (table: unknown, key: unknown) => (asked.push(table, key), 'answer'),
          (_: unknown, ...args: number[]) => Math.max(...args),
        )
        return [t.x, asked[0] === t, asked[1], lua.execute('local t = ... return t(3, 9, 4)', t)]
      },
      gives: ['answer', true, 'x', 9],
    },
    {
      says: 'an error in a metamethod is a LuaError where JS asked',
      does: lua => {
        const t = lua.eval(
          'setmetatable({}, {__index = error, __newindex = function() error("read-only") end})',
        )
        return [attempt(() => t.x), attempt(() => (t.x = 1))]
      },
      gives: [expect.objectContaining({ name: 'LuaError' }), luaError('read-only')],
    },
    {
      says: 'a table that refuses unknown names can be looked at all the same',
      does: lua => {
        const strict = lua.eval(
          'setmetatable({a = 1}, {__index = function(_, k) error("unknown " .. k) end})',
        )
        return [inspect(strict), JSON.stringify(strict), attempt(() => strict.b)]
      },
      gives: ['{ a: 1 }', '{"a":1}', luaError('unknown b')],
    },
    {
      says: '`__call` makes a table callable: for Lua, and by invoke',
      does: lua => {
        lua.execute(
          'add = setmetatable({base = 40}, {__call = function(self, x, y) return self.base + (y or x) end})',
        )
        return [lua.execute('return add(2)'), invoke(lua.globals, 'add', 2)]
      },
      gives: [42, 42],
    },
    {
      says: '`__len` is what `#` and lengthOf give',
      does: lua => {
        const t = lua.eval('setmetatable({1, 2, 3}, {__len = function() return 7 end})')
        return [lua.execute('return #(...)', t), lengthOf(t)]
      },
      gives: [7, 7],
      differs: [on(beforeTableLength, '`#` of a table does not ask it', [3, 3])],
    },
    {
      says: '`__pairs` decides what `pairs`, entriesOf and the keys give',
      does: lua => {
        const t = lua.eval('setmetatable({own = 1}, {__pairs = function() return next, {a = 1, b = 2} end})')
        return [
          lua.execute(pairsInLua, t),
          entriesOf(t).map(String).toSorted(),
          Object.keys({ ...t }).toSorted(),
        ]
      },
      gives: ['ab', ['a,1', 'b,2'], []],
      differs: [unless('pairsMetamethod', '`pairs` does not ask it', ['own', ['own,1'], ['own']])],
    },
    {
      says: '`__eq` compares in Lua; in JS tables are compared by identity',
      does: lua => {
        lua.execute(
          'local mt = {__eq = function() return true end} a, b = setmetatable({}, mt), setmetatable({}, mt)',
        )
        const { a, b } = lua.globals
        return [lua.execute('return a == b, rawequal(a, b)'), a === b]
      },
      gives: [true, false],
    },
    {
      says: '`__tostring` is what `tostring` and `String` give',
      does: lua => {
        const t = lua.eval('setmetatable({}, {__tostring = function() return "I am" end})')
        return [String(t), lua.execute('return tostring(...)', t), String(lua.eval('{}'))]
      },
      gives: ['I am', 'I am', 'table'],
    },
    {
      says: 'arithmetic, comparison and concatenation ask the metatable',
      does: lua =>
        lua.execute.all(`local mt = {}
          local function wrap(n) return setmetatable({n = n}, mt) end
          function mt.__add(a, b) return wrap(a.n + b.n) end
          function mt.__unm(a) return wrap(-a.n) end
          function mt.__lt(a, b) return a.n < b.n end
          function mt.__le(a, b) return a.n <= b.n end
          function mt.__concat(a, b) return "joined" end
          local a, b = wrap(1), wrap(2)
          return (a + b).n, (-a).n, a < b, a >= b, a .. b, "x" .. a`),
      gives: [3, -1, true, false, 'joined', 'joined'],
    },
    {
      says: '`__metatable` hides and protects a metatable',
      does: lua => {
        const t = lua.eval('setmetatable({}, {__metatable = "hidden"})')
        return [
          lua.execute('return getmetatable(...)', t),
          attempt(() => lua.execute('setmetatable(..., {})', t)),
        ]
      },
      gives: ['hidden', luaError('protected metatable')],
    },
    {
      says: 'classes made of metatables work from JS',
      does: lua => {
        lua.execute(`Animal = {} Animal.__index = Animal
          function Animal.new(name) return setmetatable({name = name}, Animal) end
          function Animal:speak() return self.name .. " speaks" end
          Dog = setmetatable({}, {__index = Animal}) Dog.__index = Dog
          function Dog.new(name) return setmetatable(Animal.new(name), Dog) end
          function Dog:bark(times) return self.name .. " barks " .. times end`)
        const dog = lua.globals.Dog.new('Rex')
        return [invoke(dog, 'speak'), invoke(dog, 'bark', 2), Object.keys(dog)]
      },
      gives: ['Rex speaks', 'Rex barks 2', ['name']],
    },
    {
      says: 'the metatable of strings serves methods of strings',
      does: lua => lua.execute('local s = ... return s:upper():rep(2)', 'ab'),
      gives: 'ABAB',
    },
  ],
}
