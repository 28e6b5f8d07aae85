import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { freshState, thrownBy } from '../../../fresh-state.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'lua modules '))
mkdirSync(path.join(folder, 'sub'))
writeFileSync(
  path.join(folder, 'rules.lua'),
  '#!/usr/bin/lua\nreturn {name = ..., line = debug.getinfo(1, "l").currentline}',
)
writeFileSync(path.join(folder, 'sub', 'deep.lua'), 'return require("rules").name')
writeFileSync(path.join(folder, 'fails.lua'), '\nerror("on load")')
const stateWithModules = () => freshState({ packagePath: [`${folder}/?.lua`] })

test('require loads real files once, and notes them', () => {
  const lua = stateWithModules()
  expect(lua.require('sub.deep')).toBe('rules')
  expect(lua.require('rules')).toBe(lua.require('rules'))
  expect([...lua.loadedFiles]).toEqual([path.join(folder, 'sub', 'deep.lua'), path.join(folder, 'rules.lua')])
})

test('a first line that begins with # is skipped, and lines keep their numbers', () => {
  const lua = stateWithModules()
  expect(lua.require('rules').line).toBe(2)
  expect(lua.globals.dofile(path.join(folder, 'rules.lua')).line).toBe(2)
  expect(lua.execute('return assert(loadfile(...))().line', path.join(folder, 'rules.lua'))).toBe(2)
})

test('a missing module or file names the paths that were tried', () => {
  const lua = stateWithModules()
  expect(thrownBy(() => lua.require('no.such'))).toMatchObject({
    message: expect.stringContaining(`no file '${path.join(folder, 'no', 'such.lua')}'`),
  })
  expect(thrownBy(() => lua.globals.dofile('none.lua'))).toMatchObject({
    message: `cannot open none.lua: No such file or directory (tried ${path.resolve('none.lua')})`,
  })
  expect(lua.execute.all('return loadfile("none.lua")')[1]).toContain('cannot open none.lua')
})

test('an error while a module loads leads to its line', () => {
  const lua = stateWithModules()
  const file = path.join(folder, 'fails.lua')
  expect(thrownBy(() => lua.require('fails'))).toMatchObject({
    chunk: file,
    line: 2,
    stack: expect.stringContaining(`(${file}:2:1)`),
  })
})

test('loadfile takes an environment', () => {
  const lua = stateWithModules()
  const file = path.join(folder, 'env.lua')
  writeFileSync(file, 'return x')
  expect(lua.execute('return loadfile(..., "t", {x = 5})()', file)).toBe(5)
})

test('no JS file is ever run by require', () => {
  const lua = stateWithModules()
  expect(lua.execute('return #package.searchers')).toBe(2)
  expect(lua.execute('return package.cpath')).toBe('')
})

test('package.loadlib loads no JS', () => {
  const lua = freshState()
  const [library, message, where] = lua.execute.all('return package.loadlib("x.js", "*")')
  expect([library, where]).toEqual([undefined, 'absent'])
  expect(message).toContain('dynamic libraries not enabled')
  expect(lua.eval('package.jspath')).toBeUndefined()
})
