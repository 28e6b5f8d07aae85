/**
 * What goes into Lua at random: plain data, and things that go in by identity.
 *
 * Left out because runtimes may differ: bigints and whole numbers whose arithmetic matters (int32 on fengari), and -0
 * as a key, which Lua 5.1 keeps and 5.3 makes 0.
 */
import * as fc from 'fast-check'

class Account {
  balance = 1
}

/** Known by their place in this list. */
export const things: readonly object[] = [new Date(0), new Account(), new Map([[1, 2]]), new Error('thing')]

const units = ['a', 'b', '1', '\0', '\n', '"', '\\', 'é', '€', '😀', '\u{DC80}', '\u{DCFF}', '\u{D800}']
const peculiar = ['__proto__', 'then', 'constructor', 'toJSON', 'length', '__index', '1', '-7', '1.5']

/** Few, so that what was set is found again. */
const common = fc.constantFrom('x', 'y', 'a')

export const text = fc.oneof(
  common,
  fc.string({ unit: fc.constantFrom(...units), maxLength: 6 }),
  fc.constantFrom(...peculiar),
)
const bytes = fc.uint8Array({ maxLength: 4 })

const wholes = fc.oneof(fc.integer(), fc.integer({ min: -3, max: 9 }))
const fractions = fc.double({ noInteger: true, noNaN: true, noDefaultInfinity: true })
const numbers = fc.oneof(
  wholes,
  fractions,
  fc.constantFrom(-0, Infinity, -Infinity, Number.NaN, 2 ** 31, 1e300),
)

const present = fc.oneof(fc.boolean(), numbers, text, bytes, fc.constantFrom(...things))
const single = fc.oneof({ weight: 5, arbitrary: present }, fc.constantFrom(null, undefined))

const { data, table } = fc.letrec<{ data: unknown; table: unknown }>(tie => ({
  data: fc.oneof({ maxDepth: 3 }, { weight: 2, arbitrary: single }, tie('table')),
  table: fc.oneof(fc.array(tie('data'), { maxLength: 4 }), fc.dictionary(text, tie('data'), { maxKeys: 3 })),
}))

export { table }
export const value = data
export const values = fc.array(value, { maxLength: 4 })

/** An array without holes, whose length every Lua gives alike. */
export const sequence = fc.array(present, { maxLength: 6 })

export const key = fc.oneof(
  common,
  fc.constantFrom(1, 2, 3),
  text,
  fc.boolean(),
  fc.integer({ min: -2, max: 5 }),
  fractions,
  fc.constantFrom(Number.NaN, Infinity, null, 2 ** 31, ...things),
)

/** What can follow `.` on a proxy. */
export const property = fc.oneof(
  common,
  text,
  fc.integer({ min: -2, max: 5 }).map(index => String(index)),
)
