/** What comes out of Lua: nothing, booleans, and live handles of tables, functions, coroutines and userdata. */
import { isLuaTable, luaType } from '../../../src/index.ts'
import type { Topic } from '../row.ts'
import { eachWayOut, outEachWay } from '../ways.ts'

export const valuesOutOfLua: Topic = {
  title: 'Values out of Lua',
  rows: [
    {
      says: 'nil is undefined',
      does: lua => outEachWay(lua, 'nil'),
      gives: eachWayOut(undefined),
    },
    {
      says: 'booleans come out as booleans',
      does: lua => ['true', 'false'].map(value => outEachWay(lua, value)),
      gives: [true, false].map(eachWayOut),
    },
    {
      says: 'the same table, function, coroutine and userdata is the same object by each way but copies',
      does: lua => {
        lua.execute('t = {} f = function() end co = coroutine.create(f) u = io.stdout')
        return ['f', 'co', 'u', 't'].map(name => {
          const { 'inside plain data': copied, ...others } = outEachWay(lua, name)
          const same = new Set(Object.values(others)).size === 1
          return [name, same, copied === lua.globals[name]]
        })
      },
      gives: [
        ['f', true, true],
        ['co', true, true],
        ['u', true, true],
        ['t', true, false],
      ],
    },
    {
      says: 'the globals are one table, which is `_G`',
      does: lua => [
        lua.globals === lua.globals,
        lua.globals['_G'] === lua.globals,
        lua.execute('return ... == _G', lua.globals),
      ],
      gives: [true, true, true],
    },
    {
      says: 'a table is told from other values',
      does: lua => [lua.table(), lua.eval('print'), lua.eval('io.stdout'), {}, null].map(isLuaTable),
      gives: [true, false, false, false, false],
    },
    {
      says: 'a function of Lua is called with values, whatever `this` is, and gives values',
      does: lua => {
        const table = lua.eval('{add = function(...) return select("#", ...), (...) end}')
        return [table.add.all(), table.add.all(undefined, null), table.add(1)]
      },
      gives: [[0, undefined], [2, undefined], 1],
    },
    {
      says: 'a userdata that Lua made is opaque, and the same when it goes in again',
      does: lua => {
        const stdout = lua.eval('io.stdout')
        return [luaType(stdout), { ...stdout }, lua.execute('return io.type(...), ...', stdout)]
      },
      gives: ['userdata', { type: 'userdata' }, 'file'],
    },
    {
      says: 'what neither side holds stays out of the way of what both do',
      does: lua => {
        lua.execute('kept = {name = "kept"}')
        const { kept } = lua.globals
        for (let round = 0; round < 2000; round++) lua.eval('{function() end}')
        lua.collectGarbage()
        return [kept.name, lua.globals.kept === kept]
      },
      gives: ['kept', true],
    },
  ],
}
