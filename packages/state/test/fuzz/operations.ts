/**
 * What is done to a state at random, as plain data, so that a failure prints a sequence that can be read and shrunk.
 * `perform.ts` does them.
 */
import * as fc from 'fast-check'
import { program } from './programs.ts'
import { chunkNames, coroutineNames, routeNames, uses } from './vocabulary.ts'
import { key, property, sequence, table, text, value, values } from './values.ts'

const name = fc.constantFrom('a', 'b', 'c')
const slot = fc.nat({ max: 2 })

const outcome = fc.oneof(
  fc.record({ kind: fc.constant('returns' as const), value }),
  fc.record({ kind: fc.constant('returnsSeveral' as const), values }),
  fc.record({ kind: fc.constant('throws' as const), value }),
)

const operations = {
  setGlobal: { name, value: fc.oneof(value, table) },
  readGlobal: { name },
  readPlain: { name },
  readEntries: { name },
  setProperty: { name, property, value },
  getProperty: { name, property },
  deleteProperty: { name, property },
  setKey: { name, key, value },
  getKey: { name, key },
  lengthOf: { sequence },
  call: { chunk: fc.constantFrom(...chunkNames), values },
  run: { program, values },
  raise: { value },
  raiseSyntax: { text },
  callBack: { route: fc.constantFrom(...routeNames), values, outcome },
  nest: { depth: fc.nat({ max: 12 }), outcome },
  startCoroutine: { slot, body: fc.constantFrom(...coroutineNames) },
  resume: { slot, values },
  iterate: { slot, times: fc.nat({ max: 4 }) },
  keepTable: { slot, value },
  keepGlobal: { slot, name },
  dropHandle: { slot },
  setHandle: { slot, key, value },
  readHandle: { slot },
  assignHandle: { slot, name },
  linkHandles: { slot, key, other: slot },
  takeBaseline: {},
  diffBaseline: {},
  restoreBaseline: {},
  collectGarbage: {},
  close: {},
  reopen: {},
  use: { way: fc.constantFrom(...uses) },
} satisfies Record<string, Record<string, fc.Arbitrary<unknown>>>

type Operations = typeof operations
type Data<Arbitraries> = {
  readonly [Field in keyof Arbitraries]: Arbitraries[Field] extends fc.Arbitrary<infer Value> ? Value : never
}

export type Kind = keyof Operations
export type Fields<K extends Kind> = Data<Operations[K]>
export type Operation = { [K in Kind]: readonly [kind: K, fields: Fields<K>] }[Kind]
export type Outcome = typeof outcome extends fc.Arbitrary<infer Value> ? Value : never

/** Seldom, so that most of a sequence meets an open state. */
const seldom = new Set<string>(['close', 'reopen', 'dropHandle'])

const often = new Set<string>(['run', 'call', 'callBack'])

function weightOf(kind: string): number {
  if (often.has(kind)) return 12
  return seldom.has(kind) ? 1 : 6
}

const operation = fc.oneof(
  ...Object.entries(operations).map(([kind, fields]) => ({
    weight: weightOf(kind),
    arbitrary: fc.tuple(fc.constant(kind), fc.record<Record<string, unknown>>(fields)),
  })),
) as unknown as fc.Arbitrary<Operation>

export const operationSequences = fc.array(operation, { minLength: 1, maxLength: 25, size: 'max' })
