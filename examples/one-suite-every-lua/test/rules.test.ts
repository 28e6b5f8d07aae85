import { expect } from 'vitest'
import { type LuaFunction, type LuaState, test } from 'vitest-pool-lua/test'

/** An order of tea; a test changes what it is about. */
const ORDER = { price: 250, quantity: 12, category: 'tea', member: false, sale: false }

function load(lua: LuaState, source: string): LuaFunction {
  return lua.require('rules').load(source)
}

test('without a rule an order costs what it costs', ({ lua }) => {
  expect(load(lua, '# nothing yet')(ORDER)).toEqual({ total: 3000, discounts: [] })
})

test('a rule takes its part where its condition holds', ({ lua }) => {
  const apply = load(lua, 'rule "Ten or more" when quantity >= 10 take 15%')
  expect(apply(ORDER)).toEqual({ total: 2550, discounts: [{ name: 'Ten or more', amount: 450 }] })
  expect(apply({ ...ORDER, quantity: 9 })).toEqual({ total: 2250, discounts: [] })
})

test('rules apply one after the other, and none takes more than is left', ({ lua }) => {
  const apply = load(
    lua,
    `
    rule "Three for two" take price * (quantity div 3)
    rule "Everything must go" when sale take 80%
    `,
  )
  expect(apply({ ...ORDER, quantity: 11 }).total).toBe(2000)
  expect(apply({ ...ORDER, sale: true })).toEqual({
    total: 0,
    discounts: [
      { name: 'Three for two', amount: 1000 },
      { name: 'Everything must go', amount: 2000 },
    ],
  })
})

test('whole quotients are rounded down, also below nought', ({ lua }) => {
  const apply = load(lua, 'rule "Odd cents" take 0 - (0 - 7) div 2')
  expect(apply(ORDER).discounts).toEqual([{ name: 'Odd cents', amount: 4 }])
})

test.for([
  ['category = "tea" and not member', true],
  ['not category = "tea" or member', false],
  ['quantity - 2 * 5 = 2', true],
  ['(quantity - 2) * 5 = 50', true],
  ['-quantity < -11 and quantity <> 13', true],
  ['category = "and" or member', false],
] as const)('the condition %s is %s', ([condition, holds], { lua }) => {
  expect(load(lua, `rule "It" when ${condition} take 1`)(ORDER).total).toBe(holds ? 2999 : 3000)
})

test('a field may have a name that is a word of Lua in some version', ({ lua }) => {
  const apply = load(lua, 'rule "To Berlin" when goto = "Berlin" and end > 3 take 100')
  expect(apply({ ...ORDER, goto: 'Berlin', end: 5 }).total).toBe(2900)
})

test('sums beyond 2^31 cents are exact', ({ lua }) => {
  const apply = load(lua, 'rule "Wholesale" take 1%')
  expect(apply({ ...ORDER, price: 2_000_001, quantity: 2_000 }).total).toBe(3_960_001_980)
})

test.for([
  [0, '0.00'],
  [5, '0.05'],
  [123_456, '1234.56'],
  [396_000_198_099, '3960001980.99'],
] as const)('%i cents are written as %s', ([cents, text], { lua }) => {
  expect(lua.require('rules').money(cents)).toBe(text)
})
