/** Where an error was: chunk, line, traceback, and a stack with the frames of Lua first. */
import path from 'node:path'
import { expect } from 'vitest'
import { LuaSyntaxError, type LuaError, type LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { luaFile, luaFolder } from '../lua-folder.ts'
import type { Topic } from '../row.ts'

const errorOf = (body: () => unknown) => attempt(body) as LuaError

/** The Lua frames of a stack, without the heading. */
function luaFrames(error: LuaError): string[] {
  const lines = String(error.stack).split('\n').slice(1)
  return lines.filter(line => line.includes('.lua:') || line.includes(', line ')).map(line => line.trim())
}

const ours = /packages[\\/]state[\\/]src|node_modules[\\/](fengari|wasmoon|koffi)/

const syntaxErrorIn = (file: string, line: number) =>
  expect.objectContaining({
    name: 'LuaSyntaxError',
    chunk: file,
    line,
    stack: expect.stringContaining(`at main chunk (${file}:${line}:1)`),
  })

export const errorPlaces: Topic = {
  title: 'Places of errors',
  rows: [
    {
      says: 'an error of a file has its path, its line and its frames, the innermost first',
      does: lua => {
        lua.globals.dofile(luaFile('deep.lua'))
        const error = errorOf(() => lua.globals.outer())
        return [error.chunk, error.line, luaFrames(error)]
      },
      gives: [
        luaFile('deep.lua'),
        2,
        [`at inner (${luaFile('deep.lua')}:2:1)`, expect.stringContaining(`(${luaFile('deep.lua')}:5:1)`)],
      ],
    },
    {
      says: 'after the frames of Lua come those of the caller, none of this package or the runtime',
      does: lua => {
        const stack = String(errorOf(() => lua.execute('error("x")')).stack)
        const [, first, second] = stack.split('\n')
        return [first?.trim(), second?.includes(import.meta.filename), ours.test(stack)]
      },
      gives: ['at main chunk ([string "error("x")"], line 1)', true, false],
    },
    {
      says: 'an error that blames its caller has the frame of the caller first',
      does: lua => {
        lua.globals.dofile(luaFile('blame.lua'))
        const error = errorOf(() => lua.globals.use())
        return [error.line, luaFrames(error)[0], error.message]
      },
      gives: [5, expect.stringContaining(`(${luaFile('blame.lua')}:5:1)`), expect.stringContaining('bad x')],
    },
    {
      says: 'the traceback is that of Lua',
      does: lua => {
        lua.globals.dofile(luaFile('deep.lua'))
        return errorOf(() => lua.globals.outer()).traceback
      },
      gives: expect.stringMatching(
        /^stack traceback:\n[^]*deep\.lua:2: in function[^]*inner[^]*deep\.lua:5: in function/,
      ),
    },
    {
      says: 'a chunk is named as compile was told, a path as a file, else by its source',
      does: lua => {
        const places = [{ name: 'rules' }, { name: '/lua/rules.lua' }, undefined].map(options => {
          const error = errorOf(() => lua.compile('\n\nerror("boom")', options)())
          return [error.chunk, error.line, error.message]
        })
        return places
      },
      gives: [
        ['rules', 3, 'rules:3: boom'],
        ['/lua/rules.lua', 3, '/lua/rules.lua:3: boom'],
        ['[string "..."]', 3, '[string "..."]:3: boom'],
      ],
    },
    {
      says: 'the frames of a coroutine come before those that resumed it',
      does: lua => {
        const chunk =
          'local co = coroutine.wrap(function()\n  local function inner()\n    error("deep")\n  end\n  inner()\nend)\n\nco()'
        const error = errorOf(() => lua.compile(chunk, { name: '/lua/wrapped.lua' })())
        return [error.chunk, error.line, luaFrames(error).join('\n')]
      },
      gives: [
        '/lua/wrapped.lua',
        3,
        expect.stringMatching(
          /at inner \(\/lua\/wrapped\.lua:3:1\)[^]*at main chunk \(\/lua\/wrapped\.lua:8:1\)/,
        ),
      ],
    },
    {
      says: 'all callers are there, however often the stack changes sides',
      does: lua => {
        const innerCaller = (): unknown => lua.compile('error("x")', { name: 'inner' })()
        lua.globals.innerCaller = innerCaller
        const outerCaller = (): unknown => lua.compile('innerCaller()', { name: 'outer' })()
        return String(errorOf(outerCaller).stack)
      },
      gives: expect.stringMatching(/inner, line 1[^]*innerCaller[^]*outerCaller/),
    },
    {
      says: 'a syntax error has the chunk and the line of the mistake',
      does: lua => {
        const error = errorOf(() => lua.compile('\nlocal x = = 1', { name: luaFile('given.lua') }))
        return [error instanceof LuaSyntaxError, error, error.message]
      },
      gives: [
        true,
        syntaxErrorIn(luaFile('given.lua'), 2),
        expect.stringContaining(`:2: unexpected symbol near '='`),
      ],
    },
    {
      says: 'a file with a syntax error is a LuaSyntaxError of that file, whoever loads it',
      options: { packagePath: [path.join(luaFolder, '?.lua')] },
      does: lua => {
        const file = luaFile('broken.lua')
        return [
          attempt(() => lua.require('broken')),
          attempt(() => lua.globals.dofile(file)),
          attempt(() => lua.execute('assert(loadfile(...))', file)),
        ]
      },
      gives: [1, 2, 3].map(() => syntaxErrorIn(luaFile('broken.lua'), 3)),
    },
    {
      says: 'chunks that end too soon or hold garbage are syntax errors',
      does: lua =>
        ['if x then', 'return "', 'x = }', 'goto', '\u001bLua', '\u0000\u0001', 'return 1 2'].filter(
          chunk => !(attempt(() => lua.compile(chunk)) instanceof LuaSyntaxError),
        ),
      gives: [],
    },
    {
      says: '`load` gives nil and the message instead',
      does: lua => lua.execute.all('return (loadstring or load)("return = 1", "=named")'),
      gives: [undefined, expect.stringMatching(/^named:1: unexpected symbol near '='/)],
    },
    {
      says: 'an error in what `load` made has the name that it was given',
      does: lua => place(lua, 'local f = (loadstring or load)("\\nerror(\'x\')", "=loaded") f()'),
      gives: ['loaded', 2, 'loaded:2: x'],
    },
    {
      says: 'an error while a module is loaded leads to its line',
      options: { packagePath: [path.join(luaFolder, '?.lua')] },
      does: lua => place(lua, 'require "fails"'),
      gives: [luaFile('fails.lua'), 2, expect.stringContaining('on load')],
    },
    {
      says: 'errors hundreds of levels deep show where they were raised and who called',
      does: lua => {
        const chunk =
          'local function f(n)\n  if n == 0 then error("bottom") end\n  return 1 + f(n - 1)\nend\nf(150)'
        const error = errorOf(() => lua.execute(chunk))
        return [error.line, String(error.stack).includes(import.meta.filename)]
      },
      gives: [2, true],
    },
  ],
}

function place(lua: LuaState, chunk: string): unknown[] {
  const error = errorOf(() => lua.execute(chunk))
  return [error.chunk, error.line, error.message]
}
