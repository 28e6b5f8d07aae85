/** What the version of Lua decides about the libraries. */
import { expect } from 'vitest'
import { attempt } from '../attempt.ts'
import { luaFile } from '../lua-folder.ts'
import { on, type Dialect, type Difference, type Topic } from '../row.ts'

const unsupported = expect.objectContaining({ code: 'LUA_STATE_LIBRARY_UNSUPPORTED' })
const before53 = ['luajit', '5.1', '5.2'] as const
const lacking = (dialects: readonly Dialect[], gives: unknown, words = 'not there'): Difference =>
  on(dialects, words, gives)

export const libraryVersions: Topic = {
  title: 'Versions of the libraries',
  rows: [
    {
      says: 'the library `utf8` knows characters',
      does: lua => lua.execute.all('if utf8 then return utf8.char(233, 8364), utf8.len("é€") end'),
      gives: ['é€', 2],
      differs: [lacking(before53, [])],
    },
    {
      says: 'a library that the version lacks is refused in the option `libraries`',
      does: (_, open) =>
        (
          [
            ['base', 'utf8'],
            ['base', 'bit32'],
            ['base', 'bit', 'jit'],
          ] as const
        ).map(libraries =>
          attempt(() => {
            const lua = open({ libraries })
            lua.close()
            return 'opened'
          }),
        ),
      gives: ['opened', unsupported, unsupported],
      differs: [
        lacking(['luajit'], [unsupported, unsupported, 'opened'], 'it has bit, jit and ffi'),
        lacking(['5.1'], [unsupported, unsupported, unsupported], 'it has none of its own'),
        lacking(['5.2'], [unsupported, 'opened', unsupported], 'it has bit32'),
      ],
    },
    {
      says: '`string.pack` makes binary data',
      does: lua =>
        lua.execute.all('if string.pack then return string.unpack("<i4", string.pack("<i4", -2)) end'),
      gives: [-2, 5],
      differs: [lacking(before53, [])],
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
  ],
}
