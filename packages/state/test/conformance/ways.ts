/**
 * Every way by which a value crosses the border, so that each row of values holds for all of them: arguments,
 * results, globals, table fields, callback arguments, callback results and what resembles them.
 */
import { byReference, entriesOf, toJS, type LuaError, type LuaState } from '../../src/index.ts'
import { attempt } from './attempt.ts'

/** Runs the Lua code `probe`, which finds the value in `v`; gives its results. */
type WayIn = (lua: LuaState, value: unknown, probe: string) => unknown[]

const waysIn: Record<string, WayIn> = {
  'argument of a chunk': (lua, value, probe) => lua.execute.all(`local v = ... ${probe}`, value),
  'argument of a function': (lua, value, probe) => lua.eval(`function(v) ${probe} end`).all(value),
  'argument of a resumption': (lua, value, probe) =>
    lua.eval(`coroutine.create(function(v) ${probe} end)`).resume.all(value),
  'callback result': (lua, value, probe) => lua.execute.all(`local v = (...)() ${probe}`, () => value),
  global: (lua, value, probe) => {
    lua.globals.v = value
    return lua.execute.all(probe)
  },
  'table field': (lua, value, probe) => {
    const table = lua.table()
    table.field = value
    return lua.execute.all(`local v = (...).field ${probe}`, table)
  },
  'inside plain data': (lua, value, probe) =>
    lua.execute.all(`local v = (...).list[1] ${probe}`, { list: [value] }),
  'attribute of an object': (lua, value, probe) =>
    lua.execute.all(`local v = (...).attribute ${probe}`, byReference({ attribute: value })),
}

/** Gives what JS sees of the Lua expression. */
type WayOut = (lua: LuaState, expression: string) => unknown

const waysOut: Record<string, WayOut> = {
  'result of an expression': (lua, expression) => lua.eval(expression),
  'one of several results': (lua, expression) => lua.execute.all(`return nil, ${expression}, nil`)[1],
  'callback argument': (lua, expression) => {
    let taken: unknown
    lua.execute(`(...)(${expression})`, (value: unknown) => void (taken = value))
    return taken
  },
  yielded: (lua, expression) =>
    lua.eval(`coroutine.create(function() coroutine.yield(${expression}) end)`).resume(),
  global: (lua, expression) => {
    lua.execute(`v = ${expression}`)
    return lua.globals.v
  },
  'table field': (lua, expression) => lua.eval(`{field = ${expression}}`).field,
  'entry of a table': (lua, expression) => entriesOf(lua.eval(`{${expression}}`))[0]?.[1],
  'inside plain data': (lua, expression) => toJS(lua.eval(`{{field = ${expression}}}`))[0].field,
  'value of an error': (lua, expression) =>
    (attempt(() => lua.execute(`error(${expression}, 0)`)) as LuaError).value,
}

/** By each way in: what the probe says of the value. */
export function inEachWay(lua: LuaState, value: unknown, probe: string): Record<string, unknown[]> {
  return mapValues(waysIn, way => way(lua, value, probe))
}

/** By each way in: whether exactly this value comes out again. */
export function comesBackInEachWay(lua: LuaState, value: unknown): Record<string, boolean> {
  return mapValues(waysIn, way => Object.is(way(lua, value, 'return v')[0], value))
}

/** By each way out: what the expression is in JS. */
export function outEachWay(lua: LuaState, expression: string): Record<string, unknown> {
  return mapValues(waysOut, way => way(lua, expression))
}

/** What each way in is expected to give. */
export function eachWayIn<T>(expected: T): Record<string, T> {
  return mapValues(waysIn, () => expected)
}

export function eachWayOut<T>(expected: T): Record<string, T> {
  return mapValues(waysOut, () => expected)
}

function mapValues<T, R>(record: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}
