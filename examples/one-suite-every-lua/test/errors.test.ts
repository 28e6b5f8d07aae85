import { expect } from 'vitest'
import { LuaError, test } from 'vitest-pool-lua/test'

test.for([
  ['rule when', 'line 1, column 6: the name of the rule in quotes was expected, but here is when'],
  ['rule "A" take', 'line 1, column 14: a value was expected, but here is the end'],
  ['rule "A"\n  take (1', 'line 2, column 10: ")" was expected, but here is the end'],
  ['rule "A" take 1 € 2', 'line 1, column 17: nothing of the language begins here'],
  ['# 5 € für alle\nrule "Größe" then', 'line 2, column 14: "take" was expected, but here is then'],
] as const)('%j is refused with its place, in characters', ([source, words], { lua }) => {
  expect(() => lua.require('rules').load(source)).toThrow(words)
})

test('a field that the order lacks is named with the rule', ({ lua }) => {
  const apply = lua.require('rules').load('rule "For members" when member take 1')
  expect(() => apply({ price: 1, quantity: 1 })).toThrow('rule "For members":1: the order has no "member"')
})

test('a rule sees no globals', ({ lua }) => {
  lua.globals.secret = 42
  const { compile } = lua.require('portable')
  expect(compile('return secret', '=rule', {})()).toBeUndefined()
})

test('what cannot be compared is an error of Lua, with the place in the rule', ({ lua }) => {
  const apply = lua.require('rules').load('rule "Odd" when price > "x" take 1')
  expect(() => apply({ price: 1, quantity: 1 })).toThrow(LuaError)
  expect(() => apply({ price: 1, quantity: 1 })).toThrow(
    'rule "Odd":1: attempt to compare string with number',
  )
})
