/** What depends on the version of the language: each runtime is what its version says. */
import { expect } from 'vitest'
import { LuaSyntaxError } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { luaFile } from '../lua-folder.ts'
import { bits, on, type Dialect, type Difference, type Topic } from '../row.ts'

const syntaxError = expect.any(LuaSyntaxError)
const before53 = ['luajit', '5.1', '5.2'] as const
const lacking = (dialects: readonly Dialect[], gives: unknown, words = 'not there'): Difference =>
  on(dialects, words, gives)

export const versions: Topic = {
  title: 'Versions of the language',
  rows: [
    {
      says: 'integers and floats are two kinds of number',
      does: lua =>
        lua.execute.all('return tostring(10 / 2), math.type and math.type(3), tostring(2^53 == 2^53 + 1)'),
      gives: ['5.0', 'integer', 'true'],
      differs: [lacking(before53, ['5', undefined, 'true'], 'there is one kind')],
    },
    {
      says: '`//` divides integers',
      does: lua => attempt(() => lua.eval.all('7 // 2, -7 // 2, 7.5 // 2')),
      gives: [3, -4, 3],
      differs: [lacking(before53, syntaxError, 'a syntax error')],
    },
    {
      says: 'dividing an integer by zero with `%` is an error',
      does: lua => attempt(() => lua.eval('1 % 0')),
      gives: expect.objectContaining({ name: 'LuaError' }),
      differs: [lacking(before53, Number.NaN, 'it is NaN')],
    },
    {
      says: 'operators work on the bits of integers',
      does: lua => attempt(() => lua.eval.all('6 & 3, 6 | 3, 6 ~ 3, ~0, 1 << 4, 256 >> 4')),
      gives: [2, 7, 5, -1, 16, 16],
      differs: [lacking(before53, syntaxError, 'a syntax error')],
    },
    {
      says: 'integers have 64 bits: `math.maxinteger`, shifts and hexadecimal numerals',
      does: lua => attempt(() => lua.eval.all('math.maxinteger, 1 << 62, 0xffffffffffffffff')),
      gives: [2n ** 63n - 1n, 2n ** 62n, -1],
      differs: [
        lacking(before53, syntaxError, 'there are none'),
        bits(32, 'they have 32', [2 ** 31 - 1, 0, -1]),
      ],
    },
    {
      says: 'the library `utf8` knows characters',
      does: lua => lua.execute.all('if utf8 then return utf8.char(233, 8364), utf8.len("é€") end'),
      gives: ['é€', 2],
      differs: [lacking(before53, [])],
    },
    {
      says: '`string.pack` makes binary data',
      does: lua =>
        lua.execute.all('if string.pack then return string.unpack("<i4", string.pack("<i4", -2)) end'),
      gives: [-2, 5],
      differs: [lacking(before53, [])],
    },
    {
      says: '`ipairs` obeys `__index`',
      does: lua =>
        lua.execute(`local t = setmetatable({}, {__index = function(_, i) if i < 4 then return i end end})
          local n = 0 for _ in ipairs(t) do n = n + 1 end return n`),
      gives: 3,
      differs: [lacking(before53, 0, 'it does not')],
    },
    {
      says: '`table.move` moves entries',
      does: lua => lua.execute('if table.move then return table.concat(table.move({1, 2, 3}, 1, 3, 2)) end'),
      gives: '1123',
      differs: [lacking(['5.1', '5.2'], undefined)],
    },
    {
      says: '`coroutine.isyieldable` tells whether one can yield',
      does: lua => lua.execute('return coroutine.isyieldable and coroutine.wrap(coroutine.isyieldable)()'),
      gives: true,
      differs: [lacking(['5.1', '5.2'], undefined)],
    },
    {
      says: '`assert` raises whatever it is given',
      does: lua =>
        lua.execute('local given = {} local ok, e = pcall(assert, false, given) return e == given'),
      gives: true,
      differs: [lacking(['5.1', '5.2'], false, 'its message must be a string')],
    },
    {
      says: '`goto` jumps',
      does: lua => attempt(() => lua.execute('do goto out end x = 1 ::out:: return "jumped"')),
      gives: 'jumped',
      differs: [lacking(['5.1'], syntaxError, 'a syntax error')],
    },
    {
      says: 'strings have the escapes `\\x` and `\\z`',
      does: lua => lua.eval('"\\x41\\z   B"'),
      gives: 'AB',
      differs: [lacking(['5.1'], 'x41z   B', 'they stand for their letters')],
    },
    {
      says: 'strings have the escape `\\u{...}`',
      does: lua => attempt(() => lua.eval('"\\u{20ac}"')),
      gives: '€',
      differs: [
        lacking(['5.1'], 'u{20ac}', 'it stands for its letter'),
        lacking(['5.2'], syntaxError, 'a syntax error'),
      ],
    },
    {
      says: '`xpcall` passes arguments on, `string.rep` takes a separator, `math.log` a base',
      does: lua =>
        lua.execute.all(
          'return select(2, xpcall(function(x) return x end, print, 7)), ("x"):rep(2, "-"), math.log(8, 2)',
        ),
      gives: [7, 'x-x', 3],
      differs: [lacking(['5.1'], [undefined, 'xx', expect.closeTo(2.079, 3)], 'they do not')],
    },
    {
      says: 'lines are read with the NULs in them',
      does: lua => {
        const chunk = `local f = io.tmpfile() f:write("a\\0b\\nc\\n") f:seek("set")
          local first, second = f:read("*l", "*l") f:close() return #first, second`
        return lua.execute.all(chunk)
      },
      gives: [3, 'c'],
      differs: [lacking(before53, [2, undefined], 'a line is cut at its NUL and runs on into the next')],
    },
    {
      says: 'a module that failed is tried again',
      options: { packagePath: [luaFile('?.lua')] },
      does: lua => {
        attempt(() => lua.require('fails'))
        return attempt(() => lua.require('fails'))
      },
      gives: expect.objectContaining({ message: expect.stringContaining('on load') }),
      differs: [
        lacking(
          ['luajit', '5.1'],
          expect.objectContaining({ message: expect.stringContaining('loop or previous error') }),
          'it is not: only the first error says why',
        ),
      ],
    },
    {
      says: '`load` takes text, a mode and an environment',
      does: lua => attempt(() => lua.execute('return load("return x", "=n", "t", {x = 5})()')),
      gives: 5,
      differs: [lacking(['5.1'], expect.objectContaining({ name: 'LuaError' }), 'it takes a function only')],
    },
    {
      says: '`load` takes a function that gives the text piece by piece',
      does: lua =>
        lua.execute(
          'local n = 0 return load(function() n = n + 1 return ({"return ", "1 + ", "1"})[n] end)()',
        ),
      gives: 2,
    },
    {
      says: '`_ENV` is the environment of a chunk',
      does: lua => lua.execute('local _ENV = {x = 5} return x'),
      gives: 5,
      differs: [lacking(['luajit', '5.1'], undefined, 'setfenv sets it instead')],
    },
    {
      says: '`setfenv` is gone',
      does: lua =>
        lua.execute(
          'if not setfenv then return "gone" end return setfenv(function() return x end, {x = 5})()',
        ),
      gives: 'gone',
      differs: [lacking(['luajit', '5.1'], 5, 'it sets the environment of a function')],
    },
    {
      says: '`table.pack` and `table.unpack` are there',
      does: lua =>
        lua.execute.all('if table.pack then return table.pack(1, nil).n, table.unpack({1, 2}) end'),
      gives: [2, 1, 2],
      differs: [lacking(['luajit', '5.1'], [], '`unpack` is, as a global')],
    },
    {
      says: '`rawlen` gives the length past `__len`',
      does: lua =>
        lua.execute('return rawlen and rawlen(setmetatable({1}, {__len = function() return 7 end}))'),
      gives: 1,
      differs: [lacking(['luajit', '5.1'], undefined)],
    },
    {
      says: '`<const>` is checked by the compiler',
      does: lua => attempt(() => lua.execute('local x <const> = 1; x = 2')),
      gives: expect.objectContaining({
        message: expect.stringContaining("attempt to assign to const variable 'x'"),
      }),
      differs: [lacking(['luajit', '5.1', '5.2', '5.3'], syntaxError, 'a syntax error')],
    },
    {
      says: '`coroutine.close` closes a coroutine',
      does: lua =>
        lua.execute(`if not coroutine.close then return end
          local co = coroutine.create(function() coroutine.yield() end)
          coroutine.resume(co)
          return coroutine.close(co) and coroutine.status(co)`),
      gives: 'dead',
      differs: [lacking(['luajit', '5.1', '5.2', '5.3'], undefined)],
    },
    {
      says: 'the libraries `bit`, `jit` and `ffi` are not there',
      does: lua => lua.execute.all('return type(bit), type(jit), (pcall(require, "ffi"))'),
      gives: ['nil', 'nil', false],
      differs: [lacking(['luajit'], ['table', 'table', true], 'they are there')],
    },
    {
      says: '`1LL` is a syntax error',
      does: lua =>
        attempt(() => {
          const one = lua.eval('1LL')
          return [{ ...one }, lua.execute.all('local v = ... return v + 1 == 2, type(v)', one)]
        }),
      gives: syntaxError,
      differs: [
        lacking(
          ['luajit'],
          [{ type: 'userdata' }, [true, 'cdata']],
          'it is an integer of its ffi: opaque, and the same when it goes back',
        ),
      ],
    },
  ],
}
