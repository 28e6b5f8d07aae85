/** Modules: require of real files, where they are looked for, and what they see. */
import path from 'node:path'
import { expect } from 'vitest'
import { attempt } from '../attempt.ts'
import { luaFile, luaFolder } from '../lua-folder.ts'
import { on, unless, type Topic } from '../row.ts'

const packagePath = [path.join(luaFolder, '?.lua')]
const luaError = (message: string) =>
  expect.objectContaining({ name: 'LuaError', message: expect.stringContaining(message) })

/** The shared library of the runtime that this process has loaded: it exports the libraries of Lua as C modules. */
function sharedLibrary(): string {
  const report = process.report.getReport() as { sharedObjects?: string[] }
  const found = report.sharedObjects?.find(file => /^(lib)?lua[^/\\]*$/i.test(path.basename(file)))
  return found ?? 'no shared library of Lua is loaded'
}

export const modules: Topic = {
  title: 'Modules',
  rows: [
    {
      says: 'require loads a file once and gives it its name',
      options: { packagePath },
      does: lua => [
        lua.require('sub.deep'),
        lua.require('counted').loads,
        lua.execute('return require("counted") == ...', lua.require('counted')),
      ],
      gives: ['rules', 1, true],
    },
    {
      says: 'a module is given the path of its file too',
      options: { packagePath },
      does: lua => lua.require('path'),
      gives: luaFile('path.lua'),
      differs: [on(['luajit', '5.1'], 'it is given its name only', true)],
    },
    {
      says: 'a module whose path has a space and text of UTF-8 in it is loaded',
      options: { packagePath },
      does: lua => lua.require('with space'),
      gives: 'text of é',
    },
    {
      says: 'a missing module is an error that lists what was tried',
      options: { packagePath },
      does: lua => attempt(() => lua.require('no.such')),
      gives: luaError(`no file '${luaFile(path.join('no', 'such.lua'))}'`),
    },
    {
      says: 'packagePath goes before the own one of the runtime, resolved; `package.path` can be changed',
      options: { packagePath: ['lua/?.lua'] },
      does: lua => {
        const [first, ...own] = String(lua.globals.package.path).split(';')
        lua.globals.package.path = packagePath[0]
        return [first, own.length > 0, lua.require('sub.deep')]
      },
      gives: [path.resolve('lua/?.lua'), true, 'rules'],
    },
    {
      says: 'package.loaded and package.preload are asked first',
      does: lua => {
        lua.globals.package.preload.ready = (name: string) => `${name} by JS`
        lua.globals.package.loaded.given = { a: 1 }
        return [lua.require('ready'), lua.require('given').a]
      },
      gives: ['ready by JS', 1],
    },
    {
      says: 'an error of a module is an error of require',
      options: { packagePath },
      does: lua => [attempt(() => lua.require('fails')), lua.eval('package.loaded.fails == true')],
      gives: [luaError('on load'), false],
    },
    {
      says: 'a first line that begins with `#` is skipped, and lines keep their numbers',
      options: { packagePath },
      does: lua => [
        lua.require('rules').line,
        lua.globals.dofile(luaFile('rules.lua')).line,
        lua.execute('return assert(loadfile(...))().line', luaFile('rules.lua')),
      ],
      gives: [2, 2, 2],
    },
    {
      says: 'dofile gives every result, and its errors have their place',
      does: lua => [
        lua.globals.dofile.all(luaFile('several.lua')),
        attempt(() => lua.globals.dofile(luaFile('fails.lua'))),
      ],
      gives: [[1, undefined, 3], expect.objectContaining({ chunk: luaFile('fails.lua'), line: 2 })],
    },
    {
      says: 'a missing file is an error of dofile and a message of loadfile, with the path',
      does: lua => [
        attempt(() => lua.globals.dofile('none.lua')),
        lua.execute.all('return loadfile("none.lua")'),
      ],
      gives: [luaError('cannot open none.lua'), [undefined, expect.stringContaining('cannot open none.lua')]],
    },
    {
      says: 'every Lua file that was loaded is known by its absolute path',
      options: { packagePath },
      does: lua => {
        lua.require('sub.deep')
        lua.globals.dofile(luaFile('several.lua'))
        attempt(() => lua.require('broken'))
        return [...lua.loadedFiles].map(file => path.relative(luaFolder, file)).toSorted()
      },
      gives: ['broken.lua', 'rules.lua', 'several.lua', path.join('sub', 'deep.lua')],
    },
    {
      says: 'no JavaScript file is ever run by require',
      options: { packagePath: [path.join(import.meta.dirname, '..', '?.ts'), path.join(luaFolder, '?.js')] },
      does: lua => attempt(() => lua.require('attempt')),
      gives: expect.objectContaining({ name: 'LuaSyntaxError' }),
    },
    {
      says: 'C modules are found through packageCPath',
      does: (_, open) => {
        const lua = attempt(() => open({ packageCPath: [sharedLibrary()] })) as ReturnType<typeof open>
        if (lua instanceof Error) return lua
        lua.execute('package.loaded.math, math = nil, nil')
        const given = attempt(() => lua.require('math').floor(3.7))
        lua.close()
        return given
      },
      gives: 3,
      differs: [
        unless(
          'cModules',
          'the option is refused',
          expect.objectContaining({ code: 'LUA_STATE_OPTION_UNSUPPORTED' }),
        ),
      ],
    },
    {
      says: 'loadfile takes an environment',
      does: lua => lua.execute('return loadfile(..., "t", {x = 5})()', luaFile('environment.lua')),
      gives: 5,
    },
  ],
}
