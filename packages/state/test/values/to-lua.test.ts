import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { byReference, loadLua, luaType, openLua, toJS } from '../../src/index.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

const typeIn = 'return type(...)'

test('undefined and null are nil', () => {
  const lua = freshState()
  expect(lua.execute.all('return type(...), select("#", ...)', undefined)).toEqual(['nil', 1])
  expect(lua.execute(typeIn, null)).toBe('nil')
})

test('booleans, numbers and strings are the same', () => {
  const lua = freshState()
  for (const value of [
    true,
    false,
    0,
    -1,
    1.5,
    2 ** 31,
    2 ** 53,
    1e300,
    Infinity,
    -Infinity,
    '',
    'text',
    'é\u{1f600}',
  ]) {
    expect(lua.execute('return ...', value)).toBe(value)
  }
  expect(lua.execute('return ...', Number.NaN)).toBeNaN()
})

test('whole numbers are integers where fengari has them; -0 and fractions are floats', () => {
  const lua = freshState()
  const kind = (value: number) => lua.execute('return math.type(...)', value)
  expect([1, -5, 2 ** 31 - 1, -(2 ** 31)].map(kind)).toEqual(['integer', 'integer', 'integer', 'integer'])
  expect([1.5, 2 ** 31, -0].map(kind)).toEqual(['float', 'float', 'float'])
  expect(lua.execute('return 1 / ...', -0)).toBe(-Infinity)
  expect(Object.is(lua.execute('return ...', -0), -0)).toBe(true)
})

test('a bigint is an integer, or a RangeError that names the runtime or the 64 bits', () => {
  const lua = freshState()
  expect(lua.execute('return math.type(...), ...', 7n)).toBe('integer')
  expect(lua.execute('return ...', -(2n ** 31n))).toBe(-(2 ** 31))
  const small = thrownBy(() => lua.execute('return ...', 2n ** 31n))
  expect(small).toBeInstanceOf(RangeError)
  expect(small).toMatchObject({ code: 'LUA_STATE_VALUE_RANGE', message: expect.stringContaining('fengari') })
  expect(thrownBy(() => lua.execute('return ...', 2n ** 63n))).toMatchObject({
    message: expect.stringContaining('9223372036854775807'),
  })
})

test('bytes are a string of them, all 256, NUL included', () => {
  const lua = freshState()
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  expect(lua.execute('local s = ... for i = 0, 255 do assert(s:byte(i + 1) == i) end return #s', bytes)).toBe(
    256,
  )
  expect(lua.execute('return ...', Buffer.from('abc'))).toBe('abc')
  bytes.fill(0)
  expect(lua.execute('return ... == ("\\0"):rep(256)', bytes)).toBe(true)
})

test('arrays and plain objects are new tables, deep', () => {
  const lua = freshState()
  const data = { list: [1, [2]], nested: { 'a b': true, '': 'empty' }, gone: undefined, none: null }
  lua.globals.data = data
  expect(lua.globals.data).not.toBe(data)
  expect(lua.globals.data).toEqual({ list: [1, [2]], nested: { 'a b': true, '': 'empty' } })
  expect(lua.execute('return data.list[2][1], #data.list')).toBe(2)
  expect(lua.execute(typeIn, Object.create(null))).toBe('table')
})

test('holes are nil, canonical integer names are integer keys, others strings', () => {
  const lua = freshState()
  // oxlint-disable-next-line no-sparse-arrays -- the hole is the subject.
  expect(lua.execute('local t = ... return t[1], t[2], t[3]', [1, , 3])).toBe(1)
  expect(
    lua.execute.all('local t = ... return t[1], t[-7], t["01"], t["1"]', { 1: 'a', '-7': 'b', '01': 'c' }),
  ).toEqual(['a', 'b', 'c', undefined])
})

test('cycles and sharing are kept', () => {
  const lua = freshState()
  const shared = [1]
  const data: Record<string, unknown> = { one: shared, two: shared }
  data['self'] = data
  lua.globals.data = data
  expect(lua.execute.all('return data.self == data, data.one == data.two')).toEqual([true, true])
  const back = toJS(lua.globals.data)
  expect(back.self).toBe(back)
  expect(back.one).toBe(back.two)
})

test('tables nested 1,000 deep go in and come out', () => {
  const lua = freshState()
  const root: { child?: object } = {}
  let at = root
  for (let depth = 0; depth < 1000; depth++) at = at.child = {}
  let depth = 0
  for (let table = toJS(lua.table(root)); table.child !== undefined; table = table.child) depth++
  expect(depth).toBe(1000)
})

test('plain data of another realm is data too', () => {
  const lua = freshState()
  expect(lua.table(runInNewContext('({ list: [1, { a: 2 }] })') as object)).toEqual({ list: [1, { a: 2 }] })
})

const double = (x: number) => x * 2

test('a function is the same function of Lua each time, and comes out identical', () => {
  const lua = freshState()
  Object.assign(lua.globals, { one: double, two: double })
  expect(lua.execute.all('return one == two, one(21)')).toEqual([true, 42])
  expect(lua.globals.one).toBe(double)
  expect(lua.execute.all('return select("#", one(1)), one')).toEqual([1, double])
})

test('what is not data is a userdata, identical when it comes out', () => {
  const lua = freshState()
  class Account {
    balance = 1
  }
  class List extends Array {}
  const plain = { a: 1 }
  const things = [
    new Account(),
    new Map(),
    new Set(),
    new Date(),
    new Error('x'),
    Promise.resolve(),
    new Proxy({}, {}),
    new List(),
    /x/,
    new Float64Array(1),
  ]
  for (const thing of things) {
    expect(lua.execute(typeIn, thing)).toBe('userdata')
    expect(lua.execute('return ...', thing)).toBe(thing)
    expect(lua.execute('local t = {...} return t[1] == t[2]', thing, thing)).toBe(true)
  }
  expect(lua.execute('return ...', byReference(plain))).toBe(plain)
  expect(lua.execute('local t = ... return t.inner', { inner: byReference(plain) })).toBe(plain)
  expect(thrownBy(() => byReference(1 as unknown as object))).toMatchObject({
    code: 'LUA_STATE_VALUE_REFERENCE',
  })
})

test('a symbol is refused', () => {
  const lua = freshState()
  expect(thrownBy(() => lua.execute('return ...', Symbol('s')))).toMatchObject({
    code: 'LUA_STATE_VALUE_SYMBOL',
  })
})

test('handles are the same Lua value; those of another state are refused', async () => {
  const lua = freshState()
  lua.execute('t = {} f = function() end co = coroutine.create(f)')
  for (const name of ['t', 'f', 'co']) {
    expect(lua.execute(`return ... == ${name}`, lua.globals[name])).toBe(true)
  }
  const other = await openLua('fengari')
  for (const name of ['t', 'f', 'co']) {
    expect(thrownBy(() => other.execute('return ...', lua.globals[name]))).toMatchObject({
      code: 'LUA_STATE_VALUE_FOREIGN',
    })
  }
  expect(thrownBy(() => (other.globals.x = [lua.globals.t]))).toMatchObject({
    code: 'LUA_STATE_VALUE_FOREIGN',
  })
  other.close()
})

test('luaType says what a value is in Lua', () => {
  const lua = freshState()
  const values = [
    null,
    true,
    1n,
    'x',
    new Uint8Array(1),
    [],
    {},
    lua.table(),
    Math.max,
    lua.eval('print'),
    new Map(),
    byReference({}),
  ]
  expect(values.map(luaType)).toEqual(values.map(value => lua.execute(typeIn, value)))
})

test("with encoding 'latin1' a character above U+00FF is refused", async () => {
  const state = (await loadLua('fengari'))({ encoding: 'latin1' })
  expect(state.execute('return #(...), ...', 'é')).toBe(1)
  expect(state.execute('return ...', 'é\u00ff')).toBe('é\u00ff')
  expect(thrownBy(() => state.execute('return ...', '€'))).toMatchObject({ code: 'LUA_STATE_VALUE_ENCODING' })
  state.close()
})

test('plain data as deep as it may be goes in and comes out', () => {
  const lua = freshState()
  let list: { next?: object; depth: number } = { depth: 0 }
  for (let depth = 1; depth <= 50_000; depth++) list = { next: list, depth }
  const table = lua.table(list)
  expect(lua.execute('local n, t = 0, ... while t do n = n + 1 t = t.next end return n', table)).toBe(50_001)
  let [plain, length] = [toJS(table), 0]
  for (; plain !== undefined; plain = plain.next) length++
  expect(length).toBe(50_001)
})

test('bytes are copied: what a Buffer becomes later does not reach Lua', () => {
  const lua = freshState()
  const buffer = Buffer.from('abc')
  lua.globals.text = buffer
  lua.globals.part = buffer.subarray(1)
  buffer.fill('z')
  expect([lua.globals.text, lua.globals.part]).toEqual(['abc', 'bc'])
})

test('bytes and errors of another realm are bytes and errors', () => {
  const lua = freshState()
  const bytes: unknown = runInNewContext('Uint8Array.of(104, 105)')
  expect(lua.execute('return ...', bytes)).toBe('hi')
  expect(luaType(bytes)).toBe('string')
  expect(
    lua.execute(runInNewContext('Uint8Array.of(114, 101, 116, 117, 114, 110, 32, 55)') as Uint8Array),
  ).toBe(7)
  const fail = runInNewContext('() => { throw new TypeError("theirs") }') as () => void
  expect(thrownBy(() => lua.execute('local f = ... f()', fail))).toMatchObject({ message: 'theirs' })
})
