/**
 * Lets `expect` of Jest's kind (Vitest's too) compare tables as plain data and show them so when a test fails.
 *
 * A table's properties are its Lua keys, which count from 1, so `expect(t).toEqual([1, 2, 3])` needs help. This
 * package knows no test runner: it uses what such an `expect` leaves in the process for others to find,
 * https://github.com/jestjs/jest/blob/v30.0.0/packages/expect/src/jestMatchersObject.ts (the testers) and
 * https://github.com/vitest-dev/vitest/blob/v4.1.0/packages/expect/src/constants.ts (the function `expect`).
 */
import { handleOf } from '../values/handles.ts'
import { plainLike } from './plain-like.ts'

type Tester = (this: { equals: Equals }, a: unknown, b: unknown, testers: unknown[]) => boolean | undefined
type Equals = (a: unknown, b: unknown, testers: unknown[]) => boolean
type Callable = (...args: unknown[]) => unknown

const matchersKey = Symbol.for('$$jest-matchers-object')
const expectKey = Symbol.for('expect-global')
const taught = new WeakSet()

/** Does nothing where there is no `expect`, or where it has been taught. */
export function teachExpect(): void {
  const testers: unknown = property(property(globalThis, matchersKey), 'customEqualityTesters')
  if (Array.isArray(testers) && !testers.includes(tableTester)) testers.push(tableTester)
  const expect: unknown = property(globalThis, expectKey)
  if (isCallable(expect) && !taught.has(expect)) teachFailures(expect)
}

const tableTester: Tester = function tableTester(a, b, testers) {
  if (!isTable(a) && !isTable(b)) return undefined
  return this.equals(plainLike(a, b), plainLike(b, a), testers)
}

/** What a failed assertion shows as expected (its 4th argument) and received (its 5th) is plain data. */
function teachFailures(expect: Callable): void {
  taught.add(expect)
  const assertion: unknown = Object.getPrototypeOf(uncounted(expect))
  const assert: unknown = property(assertion, 'assert')
  if (!isCallable(assert) || typeof assertion !== 'object' || assertion === null) return
  const plainly = function assertPlainly(this: unknown, ...args: unknown[]): unknown {
    const negated = property(property(this, '__flags'), 'negate') === true
    const fails = Boolean(args[0]) === negated
    return Reflect.apply(assert, this, fails ? plainArguments(args) : args)
  }
  Object.defineProperty(assertion, 'assert', { value: plainly, writable: true, configurable: true })
}

/** An assertion, made without its being counted for the running test's `expect.assertions(n)`. */
function uncounted(expect: Callable): unknown {
  const [getState, setState] = [property(expect, 'getState'), property(expect, 'setState')]
  const calls = isCallable(getState) ? property(getState(), 'assertionCalls') : undefined
  const assertion = expect(undefined)
  if (isCallable(setState)) setState({ assertionCalls: calls })
  return assertion
}

function plainArguments(args: readonly unknown[]): unknown[] {
  const [expected, received] = [args[3], args[4]]
  const plain = [...args]
  if (plain.length > 3) plain[3] = plainLike(expected, received)
  if (plain.length > 4) plain[4] = plainLike(received, expected)
  return plain
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
