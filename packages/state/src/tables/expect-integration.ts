/**
 * Lets `expect` of Jest's kind (Vitest's too) compare tables as plain data and show them so when a test fails.
 *
 * A table's properties are its Lua keys, which count from 1, so `expect(t).toEqual([1, 2, 3])` needs help. This
 * package knows no test runner: it uses what such an `expect` leaves in the process for others to find,
 * https://github.com/jestjs/jest/blob/v30.0.0/packages/expect/src/jestMatchersObject.ts (the testers) and
 * https://github.com/vitest-dev/vitest/blob/v4.1.0/packages/expect/src/constants.ts (the function `expect`).
 */
import { hideOwnFrames } from '../stack.ts'
import { handleOf } from '../values/handles.ts'
import { plainLike, plainWithin } from './plain-like.ts'

type Tester = (this: { equals: Equals }, a: unknown, b: unknown, testers: unknown[]) => boolean | undefined
type Equals = (a: unknown, b: unknown, testers: unknown[]) => boolean
type Callable = (...args: unknown[]) => unknown

const matchersKey = Symbol.for('$$jest-matchers-object')
const expectKey = Symbol.for('expect-global')
const patched = new WeakSet()

/** Those that compare what they are given by its content. */
const contentMatchers = ['toEqual', 'toStrictEqual', 'toMatchObject', 'eql']

/** Those that look at the items of a list: to them an empty table is an empty list. */
const listMatchers = ['toContainEqual', 'toContain', 'toHaveLength']

/** Does nothing where there is no `expect`, or where it has been patched before. */
export function integrateWithExpect(): void {
  const testers: unknown = property(property(globalThis, matchersKey), 'customEqualityTesters')
  if (Array.isArray(testers) && !testers.includes(tableTester)) testers.push(tableTester)
  const expect: unknown = property(globalThis, expectKey)
  if (isCallable(expect) && !patched.has(expect)) patchAssertions(expect)
}

const tableTester: Tester = function tableTester(a, b, testers) {
  if (!isTable(a) && !isTable(b)) return undefined
  return this.equals(plainLike(a, b), plainLike(b, a), testers)
}

function patchAssertions(expect: Callable): void {
  patched.add(expect)
  const assertion: unknown = Object.getPrototypeOf(createUncountedAssertion(expect))
  if (typeof assertion !== 'object' || assertion === null) return
  patchMethod(assertion, 'assert', assertWithPlainData)
  for (const matcher of contentMatchers) patchMethod(assertion, matcher, matchPlainData)
  for (const matcher of listMatchers) patchMethod(assertion, matcher, matchPlainList)
}

/** An assertion, made without its being counted for the running test's `expect.assertions(n)`. */
function createUncountedAssertion(expect: Callable): unknown {
  const [getState, setState] = [property(expect, 'getState'), property(expect, 'setState')]
  const calls = isCallable(getState) ? property(getState(), 'assertionCalls') : undefined
  const assertion = expect(undefined)
  if (isCallable(setState)) setState({ assertionCalls: calls })
  return assertion
}

type Wrapper = (assertion: object, original: Callable, args: readonly unknown[]) => unknown

function patchMethod(prototype: object, method: string, wrapper: Wrapper): void {
  const original: unknown = property(prototype, method)
  if (!isCallable(original)) return
  const value = function withTables(this: object, ...args: unknown[]): unknown {
    try {
      return wrapper(this, original, args)
    } catch (error) {
      hideOwnFrames(error)
      throw error
    }
  }
  Object.defineProperty(prototype, method, { value, writable: true, configurable: true })
}

/** The matcher sees plain data in place of tables: asymmetric matchers know nothing of testers. */
const matchPlainData: Wrapper = (assertion, original, args) =>
  withReceived(assertion, plainWithin(received(assertion), args[0]), () =>
    Reflect.apply(original, assertion, args),
  )

const matchPlainList: Wrapper = (assertion, original, args) =>
  withReceived(assertion, plainLike(received(assertion), []), () => Reflect.apply(original, assertion, args))

/** `assert(passed, message, negated message, expected, received)`: where it fails, it shows plain data. */
const assertWithPlainData: Wrapper = (assertion, original, args) => {
  const negated = property(property(assertion, '__flags'), 'negate') === true
  if (Boolean(args[0]) !== negated) return Reflect.apply(original, assertion, args)
  const plain = [...args]
  if (plain.length > 3) plain[3] = plainWithin(args[3], args[4])
  if (plain.length > 4) plain[4] = plainWithin(args[4], args[3])
  const shown = plainWithin(received(assertion), args[3])
  return withReceived(assertion, shown, () => Reflect.apply(original, assertion, plain))
}

function withReceived(assertion: object, value: unknown, body: () => unknown): unknown {
  const before = received(assertion)
  if (value === before) return body()
  Reflect.set(assertion, '_obj', value)
  try {
    return body()
  } finally {
    Reflect.set(assertion, '_obj', before)
  }
}

function received(assertion: object): unknown {
  return property(assertion, '_obj')
}

function property(value: unknown, name: PropertyKey): unknown {
  const readable = (typeof value === 'object' && value !== null) || typeof value === 'function'
  return readable ? Reflect.get(value, name) : undefined
}

function isTable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && handleOf(value)?.kind === 'table'
}

function isCallable(value: unknown): value is Callable {
  return typeof value === 'function'
}
