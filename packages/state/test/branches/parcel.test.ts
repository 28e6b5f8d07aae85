import { expect, test } from 'vitest'
import { pack, unpack, type Odd } from '../../src/branches/parcel.ts'

const refuse = ({ what, path }: Odd): never => {
  throw new Error(`${what} at ${path}`)
}
/** As it travels: through a structured clone. */
const roundTrip = (value: unknown) => unpack(structuredClone(pack(value, refuse)))

test.each([
  [undefined],
  [null],
  [true],
  ['lone \udc80 and NUL \0'],
  [-0],
  [Number.NaN],
  [-Infinity],
  [2n ** 63n],
  [Uint8Array.of(0, 255)],
  [[]],
  [{}],
  [[1, undefined, null, ['x']]],
  [
    new Map<unknown, unknown>([
      [1, { a: [2] }],
      [{ key: true }, 'object'],
      ['s', new Map()],
    ]),
  ],
])('%o travels whole', value => {
  expect(roundTrip(value)).toStrictEqual(value)
})

test('cycles and sharing are kept', () => {
  const shared = { bytes: Uint8Array.of(1) }
  const value: unknown[] = [shared, shared, new Map([['shared', shared]])]
  value.push(value)
  const copy = roundTrip(value) as [object, object, Map<string, object>, unknown]
  expect(copy[0]).toBe(copy[1])
  expect(copy[2].get('shared')).toBe(copy[0])
  expect(copy[3]).toBe(copy)
  expect(copy[0]).not.toBe(shared)
})

test('holes stay holes, and __proto__ is a name as any other', () => {
  const holed = [1, , 3] // oxlint-disable-line no-sparse-arrays -- what is tested
  expect(1 in (roundTrip({ holed }) as { holed: unknown[] }).holed).toBe(false)
  const copy = roundTrip(JSON.parse('{ "__proto__": { "a": 1 } }')) as object
  expect(Object.keys(copy)).toEqual(['__proto__'])
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype)
})

test('no depth is too deep', () => {
  let deep: unknown = 'bottom'
  for (let level = 0; level < 50_000; level++) deep = level % 2 === 0 ? [deep] : { deep }
  let copy = roundTrip(deep)
  let levels = 0
  for (; typeof copy === 'object'; levels++) copy = Object.values(copy as object)[0]
  expect([copy, levels]).toEqual(['bottom', 50_000])
})

test('bytes travel alone, without the memory around them', () => {
  const around = new Uint8Array(1_000_000)
  expect(pack(around.subarray(5, 7), refuse)).toMatchObject({
    nodes: [{ bytes: { buffer: { byteLength: 2 } } }],
  })
})

test('what is no data is told with its place, and can be replaced', () => {
  class Own {
    readonly field = 1
  }
  expect(() => roundTrip({ list: [1, new Own()] })).toThrow('an object of class Own at .list[1]')
  expect(() => roundTrip(new Map([['k', () => 1]]))).toThrow('a function at .values()')
  expect(() => roundTrip(Symbol('x'))).toThrow('a symbol at ')
  expect(unpack(pack([() => 1], ({ what }) => what))).toEqual(['a function'])
})
