/** The standard libraries: the same everywhere, and never to the harm of the process that hosts them. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, vi } from 'vitest'
import type { LuaError, LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { unless, type Topic } from '../row.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lua libraries '))

/** What `console.log` is given meanwhile. */
function logged(body: () => unknown): unknown[][] {
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined)
  try {
    attempt(body)
    return [...log.mock.calls]
  } finally {
    log.mockRestore()
  }
}

const exitOf = (lua: LuaState, chunk: string) => {
  const { name, value, message } = attempt(() => lua.execute(chunk)) as LuaError
  return [name, value, message.includes('os.exit')]
}

export const libraries: Topic = {
  title: 'Libraries',
  rows: [
    {
      says: 'print reaches console.log, with tabs between and `__tostring` obeyed',
      does: lua =>
        logged(() =>
          lua.execute(
            'print("é", 1, nil, setmetatable({}, {__tostring = function() return "T" end})) print()',
          ),
        ),
      gives: [['é\t1\tnil\tT'], ['']],
    },
    {
      says: 'os.exit never ends the process: the call ends with a LuaError whose value is the code',
      does: lua =>
        ['os.exit(3)', 'os.exit(true)', 'os.exit(false)', 'os.exit()'].map(chunk => exitOf(lua, chunk)),
      gives: [
        ['LuaError', 3, true],
        ['LuaError', 0, true],
        ['LuaError', 1, true],
        ['LuaError', 0, true],
      ],
    },
    {
      says: 'os.exit cannot be caught, neither by pcall nor in a coroutine, and the state goes on',
      does: lua => [
        exitOf(lua, 'pcall(os.exit, 3) while true do end'),
        exitOf(lua, 'while true do pcall(os.exit, 3) end'),
        exitOf(lua, 'coroutine.wrap(function() pcall(os.exit, 3) end)() after = true'),
        lua.execute.all('return after, 1 + 1'),
      ],
      gives: [
        ['LuaError', 3, true],
        ['LuaError', 3, true],
        ['LuaError', 3, true],
        [undefined, 2],
      ],
    },
    {
      says: 'only the libraries asked for are opened',
      options: { libraries: ['base', 'string'] },
      does: lua => [
        lua.execute.all('return io, os, table, math, debug, require, package'),
        lua.eval('("x"):rep(2)'),
        lua.eval('type(string.format)'),
      ],
      gives: [Array.from({ length: 7 }, () => undefined), 'xx', 'function'],
    },
    {
      says: 'a state without any library still runs Lua, and gives its errors',
      options: { libraries: [] },
      does: lua => [
        lua.eval('print'),
        lua.eval('1 + 1'),
        lua.table({ a: [1] }).a[1],
        lua.execute('local f = ... return f(20) + 1', (x: number) => x * 2),
        attempt(() => lua.execute('local t = nil; t.x = 1')),
      ],
      gives: [undefined, 2, 1, 41, expect.objectContaining({ name: 'LuaError', line: 1 })],
    },
    {
      says: 'without the library `package`, require says what to do',
      options: { libraries: ['base'] },
      does: lua => attempt(() => lua.require('x')),
      gives: expect.objectContaining({ code: 'LUA_STATE_LIBRARY_MISSING' }),
    },
    {
      says: 'io writes and reads real files, binary too',
      does: lua => {
        const file = path.join(folder, 'é.bin')
        lua.execute(
          'local f = assert(io.open(..., "wb")) f:write("a\\0\\255\\n", 1, "\\n", "last") f:close()',
          file,
        )
        const chunk = `local f = assert(io.open(..., "rb")) local bytes, n = f:read(4, "*n")
          local size = f:seek("end") f:close() return #bytes, n, size, io.type(f)`
        return [[...readFileSync(file)].slice(0, 4), lua.execute.all(chunk, file)]
      },
      gives: [
        [97, 0, 255, 10],
        [4, 1, 10, 'closed file'],
      ],
    },
    {
      says: 'io.lines goes through the lines of a file',
      does: lua => {
        const file = path.join(folder, 'lines.txt')
        writeFileSync(file, 'one\ntwo\n\nlast')
        return lua.execute(
          'local all = {} for line in io.lines(...) do all[#all + 1] = line end return all',
          file,
        )
      },
      gives: ['one', 'two', '', 'last'],
    },
    {
      says: 'a file that cannot be opened is nil, a message with the path, and a number',
      does: lua => lua.execute.all('return io.open(...)', path.join(folder, 'none', 'x')),
      gives: [undefined, `${path.join(folder, 'none', 'x')}: No such file or directory`, 2],
    },
    {
      says: 'standard input is at its end: nothing waits for a keyboard',
      does: lua => [lua.execute.all('return io.read()'), attempt(() => lua.execute('debug.debug()'))],
      gives: [[undefined], expect.objectContaining({ name: 'LuaError' })],
    },
    {
      says: 'io.popen starts programs',
      does: lua => attempt(() => lua.execute('return io.popen("echo hi"):read("*l")')),
      gives: 'hi',
      differs: [
        unless(
          'popen',
          'it is an error that says so',
          expect.objectContaining({ message: expect.stringContaining('popen') }),
        ),
      ],
    },
    {
      says: 'files are named, made, renamed and removed',
      does: lua => {
        const chunk = `local n = os.tmpname() local f = assert(io.open(n, "w")) f:write("x") f:close()
          return n, os.rename(n, n .. ".2"), io.open(n .. ".2"):read("*a"), os.remove(n .. ".2"), (os.remove(n))`
        const [name, ...given] = lua.execute.all(chunk)
        return [...given, existsSync(name), existsSync(`${name}.2`)]
      },
      gives: [true, 'x', true, undefined, false, false],
    },
    {
      says: 'the time, dates and the environment are those of the process',
      does: lua => {
        process.env['LUA_CONFORMANCE'] = 'é'
        const given = lua.execute.all(`return os.getenv("LUA_CONFORMANCE"), os.getenv("LUA_CONFORMANCE_NONE"),
          os.date("!%Y-%m-%d %H:%M:%S", 86400), os.date("!*t", 86400).day, os.time(os.date("*t", 1000000)),
          os.difftime(5, 3), os.clock() >= 0`)
        return [...given, Math.abs(lua.eval('os.time()') - Date.now() / 1000) < 60]
      },
      gives: ['é', undefined, '1970-01-02 00:00:00', 2, 1_000_000, 2, true, true],
    },
    {
      says: 'functions of Lua become binary chunks, and run again',
      does: lua =>
        lua.execute.all(`local load = loadstring or load
          local dumped = string.dump(function(a) local t = {a, "s\\0", 1.5} return #t, t[1] + 1, t[2], t[3] end)
          return load(dumped)(41)`),
      gives: [3, 42, 's\u0000', 1.5],
      differs: [unless('binaryChunks', 'string.dump is an error', expect.anything())],
    },
    {
      says: 'a binary chunk is no source for JavaScript: compile takes text only',
      does: lua => {
        const bytes = lua.execute('return string.dump(function() return 1 end)')
        return attempt(() => lua.compile(bytes))
      },
      gives: expect.objectContaining({ name: 'LuaSyntaxError' }),
    },
    {
      says: 'string functions give what the manual says, NUL included',
      does: lua =>
        lua.execute.all(`local words = {} for w in ("one two"):gmatch("%a+") do words[#words + 1] = w end
          return table.concat(words, "+"), ("a\\0b"):find("\\0", 1, true), ("%5.2f|%-3d|%x|%q"):format(3.14159, 4, 255, "a"),
            ("hello"):gsub("l", {l = "L"}), ("a,b"):match("(%a),(%a)"), ("x"):byte(), #("\\0abc"), ("THE (quick)"):find("%((%a+)%)")`),
      gives: ['one+two', 2, ' 3.14|4  |ff|"a"', 'heLLo', 'a', 120, 4, 5, 11, 'quick'],
    },
    {
      says: 'arithmetic gives what the manual says, also with negative numbers and strings',
      does: lua =>
        lua.execute
          .all(`return 7 / 2, 5 % -3, -5 % 3, 5.5 % -2, 2 ^ 10, "10" + 1, 10 .. "", -2 ^ 2, 1 < 2, "a" < "b",
          math.floor(-3.5), math.max(1, 5, 3), tonumber("0x10"), tonumber("zz", 36), tonumber(" 10 "), tonumber("10a")`),
      gives: [3.5, -1, 1, -0.5, 1024, 11, '10', -4, true, true, -4, 5, 16, 1295, 10, undefined],
    },
    {
      says: 'tables are sorted, filled and joined as the manual says',
      does: lua =>
        lua.execute
          .all(`local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) table.insert(t, 0) table.insert(t, 1, 9)
          return table.concat(t, ","), table.remove(t), table.remove(t, 1), #t, (table.unpack or unpack)(t, 2)`),
      gives: ['9,3,2,1,0', 0, 9, 3, 2, 1],
    },
    {
      says: 'functions of libraries call functions of JavaScript',
      does: lua => {
        const lines = new Set<unknown>()
        lua.execute(
          'local note = ... debug.sethook(note, "l") local a = 1\nlocal b = 2\ndebug.sethook()',
          (event: unknown) => lines.add(event),
        )
        const chunk = `local less, double, reader, handler = ...
          local t = {3, 1, 2} table.sort(t, less)
          local _, handled = xpcall(error, handler)
          return table.concat(t), (("ab"):gsub("%a", double)), load(reader)(), handled`
        const pieces = ['return ', '7', undefined]
        return [
          lines,
          lua.execute.all(
            chunk,
            (a: number, b: number) => a > b,
            (letter: string) => letter + letter,
            () => pieces.shift(),
            () => 'handled',
          ),
        ]
      },
      gives: [new Set(['line']), ['321', 'aabb', 7, 'handled']],
    },
    {
      says: 'a debugger of Lua can set hooks and look at locals',
      does: lua =>
        lua.execute.all(`local n, secret = 0, "found"
          debug.sethook(function() n = n + 1 end, "l")
          local a = 1
          local b = 2
          debug.sethook()
          local name, value = debug.getlocal(1, 2)
          return n, name, value, debug.getinfo(1, "l").currentline, (debug.gethook())`),
      gives: [3, 'secret', 'found', 7, undefined],
    },
  ],
}
