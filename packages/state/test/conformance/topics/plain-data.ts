/** Arrays and plain objects: copied into new tables, deep, and out again by toJS. */
import { runInNewContext } from 'node:vm'
import { entriesOf, toJS } from '../../../src/index.ts'
import type { Topic } from '../row.ts'
import { eachWayIn, inEachWay } from '../ways.ts'

/** `{ child: { child: ... } }`. */
function nested(depth: number): object {
  let data = {}
  for (let level = 0; level < depth; level++) data = { child: data }
  return data
}

function depthOf(data: { child?: object }): number {
  let depth = 0
  for (let at = data; at.child !== undefined; at = at.child) depth++
  return depth
}

const countDepth = 'local n = 0 while v.child do n = n + 1 v = v.child end return n'

export const plainData: Topic = {
  title: 'Plain data',
  rows: [
    {
      says: 'an array is a new table that counts from 1',
      does: lua => inEachWay(lua, ['a', 'b', ['c']], 'return type(v), #v, v[1], v[2], v[3][1], v[0]'),
      gives: eachWayIn(['table', 3, 'a', 'b', 'c', undefined]),
    },
    {
      says: 'a plain object is a new table of its properties, with or without a prototype',
      does: lua => [
        inEachWay(lua, { name: 'x', deep: { list: [1] } }, 'return v.name, v.deep.list[1]'),
        lua.execute('return (...).a', Object.assign(Object.create(null) as object, { a: 1 })),
      ],
      gives: [eachWayIn(['x', 1]), 1],
    },
    {
      says: 'each time data goes in it is another table: a copy, which JS does not change',
      does: lua => {
        const data = { list: [1] }
        lua.globals.one = data
        data.list.push(2)
        return [lua.execute('return ... == one', data), toJS(lua.globals.one)]
      },
      gives: [false, { list: [1] }],
    },
    {
      says: 'holes, undefined and null are nil',
      does: lua => {
        // oxlint-disable-next-line no-sparse-arrays -- the hole is the subject.
        const list = [1, , undefined, null, 5]
        return inEachWay(lua, list, 'return v[1], v[2], v[3], v[4], v[5], next({v[2], v[3], v[4]})')
      },
      gives: eachWayIn([1, undefined, undefined, undefined, 5, undefined]),
    },
    {
      says: 'canonical integer names are integer keys, all others strings',
      does: lua => {
        const data = { 1: 'one', '-7': 'minus', '01': 'padded', '-0': 'zero', '1.0': 'float', '': 'empty' }
        const probe = 'return v[1], v[-7], v["01"], v["-0"], v["1.0"], v[""], v["1"], v["-7"]'
        return inEachWay(lua, data, probe)
      },
      gives: eachWayIn(['one', 'minus', 'padded', 'zero', 'float', 'empty', undefined, undefined]),
    },
    {
      says: 'names may hold NUL, any character, and words that mean something to JS',
      does: lua => {
        const data = JSON.parse('{"a\\u0000b": 1, "é": 2, "__proto__": 3, "then": 4, "length": 5}') as object
        return inEachWay(lua, data, 'return v["a\\0b"], v["\\195\\169"], v["__proto__"], v["then"], v.length')
      },
      gives: eachWayIn([1, 2, 3, 4, 5]),
    },
    {
      says: 'cycles and sharing are kept on the way in and out',
      does: lua => {
        const shared = [1]
        const data: Record<string, unknown> = { one: shared, two: shared }
        data['self'] = data
        const probe = 'return v.self == v, v.one == v.two'
        const back = toJS(lua.execute('return ...', data))
        return [inEachWay(lua, data, probe), back.self === back, back.one === back.two]
      },
      gives: [eachWayIn([true, true]), true, true],
    },
    {
      says: 'a cycle that Lua made is kept on the way out',
      does: lua => {
        const list = toJS(lua.execute('local t = {{}} t[1][1] = t t[2] = t[1] return t'))
        return [list[0][0] === list, list[1] === list[0]]
      },
      gives: [true, true],
    },
    {
      says: 'tables nested 1,000 deep go in by each way, and come out',
      does: lua => [
        inEachWay(lua, nested(1000), countDepth),
        depthOf(toJS(lua.execute('return ...', nested(1000)))),
      ],
      gives: [eachWayIn([1000]), 1000],
    },
    {
      says: 'tables nested 20,000 deep do too',
      does: lua => {
        const table = lua.table(nested(20_000))
        return [lua.execute(`local v = ... ${countDepth}`, table), depthOf(toJS(table))]
      },
      gives: [20_000, 20_000],
    },
    {
      says: 'data of another realm is data',
      does: lua => toJS(lua.table(runInNewContext('({ list: [1, { a: 2 }] })') as object)),
      gives: { list: [1, { a: 2 }] },
    },
    {
      says: 'toJS gives an array for 1..n, an object for string keys, an empty object for nothing',
      does: lua => ['{1, {2}}', '{a = 1, ["1"] = 2}', '{}'].map(table => toJS(lua.eval(table))),
      gives: [[1, [2]], { a: 1, '1': 2 }, {}],
    },
    {
      says: 'toJS keeps holes at their places while half of the places are filled, else gives a Map',
      does: lua => {
        const list = toJS(lua.eval('{1, nil, 3}'))
        return [list.length, Object.keys(list), toJS(lua.eval('{[1000] = 1}'))]
      },
      gives: [3, ['0', '2'], new Map([[1000, 1]])],
    },
    {
      says: 'toJS gives a Map for keys of several kinds',
      does: lua => toJS(lua.eval('{[1] = "integer", x = "string", [true] = "boolean", [1.5] = "float"}')),
      gives: new Map<unknown, unknown>([
        [1, 'integer'],
        ['x', 'string'],
        [true, 'boolean'],
        [1.5, 'float'],
      ]),
    },
    {
      says: '10,000 entries go in and come out',
      does: lua => {
        const table = lua.table(Array.from({ length: 10_000 }, (_, index) => `entry ${index}`))
        return [entriesOf(table).length, toJS(table)[9999]]
      },
      gives: [10_000, 'entry 9999'],
    },
  ],
}
