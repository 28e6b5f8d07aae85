import { expect, test } from 'vitest'
import type { LibraryName } from '../src/index.ts'
import { librariesOf, libraryNames, requireLibraries } from '../src/libraries.ts'
import { onEveryRuntime } from './every-runtime.ts'
import { thrownBy } from './fresh-state.ts'

/** `base` stands for `print`, `ffi` is no global. */
const isThere = (name: LibraryName): string =>
  ({ base: 'print ~= nil', ffi: 'pcall(require, "ffi")' })[name as string] ?? `type(${name}) == "table"`

await onEveryRuntime((fresh, runtime) => {
  test('each library that the runtime has is opened alone, and the others are not there', () => {
    const all = librariesOf(runtime, fresh().version)
    for (const asked of all) {
      const lua = fresh({ libraries: ['base', 'package', asked] })
      const found = all.filter(name => lua.eval(`(${isThere(name)})`))
      expect(found.toSorted()).toEqual([...new Set<string>(['base', 'package', asked])].toSorted())
    }
  })

  test('all of them are there where nothing is said', () => {
    const lua = fresh()
    for (const name of librariesOf(runtime, lua.version)) expect(lua.eval(`(${isThere(name)})`)).toBe(true)
  })

  test('a library that the version lacks is refused with those that it has', () => {
    const has = librariesOf(runtime, fresh().version)
    const lacking = libraryNames.filter(name => !has.includes(name))
    expect(lacking).not.toEqual([])
    for (const name of lacking) {
      expect(thrownBy(() => fresh({ libraries: ['base', name] }))).toMatchObject({
        code: 'LUA_STATE_LIBRARY_UNSUPPORTED',
        message: expect.stringContaining(`the library '${name}', which ${runtime} (Lua `),
      })
    }
  })

  test('a module goes with its library, and so do the methods of strings', () => {
    const lua = fresh({ libraries: ['base', 'package'] })
    for (const module of ['ffi', 'jit.util', 'jit.opt', 'table.new', 'string.buffer']) {
      expect(lua.eval(`(pcall(require, '${module}'))`)).toBe(false)
    }
    expect(thrownBy(() => lua.eval('("x"):upper()'))).toMatchObject({ name: 'LuaError' })
  })

  test('require needs the library package only', () => {
    const lua = fresh({ libraries: ['package'] })
    lua.execute('package.preload.own = function() return "found" end')
    expect(lua.require('own')).toBe('found')
    expect(lua.globals.print).toBeUndefined()
  })
})

test('ffi without package is refused: nobody could reach it', () => {
  expect(thrownBy(() => requireLibraries('luajit', '5.1', ['ffi']))).toMatchObject({
    code: 'LUA_STATE_LIBRARY_UNREACHABLE',
  })
})
