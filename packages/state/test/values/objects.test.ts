import { expect, test } from 'vitest'
import { byReference, loadLua } from '../../src/index.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

class Account {
  balance = 10
  get half() {
    return this.balance / 2
  }
  pay(amount: number) {
    this.balance -= amount
    return this.balance
  }
}

test('attributes can be read and set, methods called with this', () => {
  const lua = freshState()
  const account = new Account()
  lua.globals.account = account
  expect(lua.execute.all('return account.balance, account.half, account.nothing')).toEqual([10, 5, undefined])
  expect(lua.execute('return account:pay(3)')).toBe(7)
  expect(lua.execute('return account.pay(2)')).toBe(5)
  lua.execute('account.balance = 100')
  expect(account.balance).toBe(100)
  expect(lua.execute('return account.pay')).toBe(Reflect.get(Account.prototype, 'pay'))
  expect(lua.execute('return account.pay == account.pay')).toBe(true)
})

test('maps, dates, arrays and functions by reference are of use in Lua', () => {
  const lua = freshState()
  Object.assign(lua.globals, {
    map: new Map([['k', 1]]),
    date: new Date(0),
    list: byReference(['a', 'b']),
    max: byReference(Math.max),
  })
  expect(lua.execute.all('return map:get("k"), #map, date:getTime(), list[0], #list, max(1, 2)')).toEqual([
    1,
    1,
    0,
    'a',
    2,
    2,
  ])
  expect(lua.execute('return tostring(map)')).toBe('[object Map]')
  expect(lua.execute('return getmetatable(map)')).toBe('JavaScript object')
})

test('what cannot be done with an object is an error in Lua', () => {
  const lua = freshState()
  lua.globals.frozen = byReference(Object.freeze({ a: 1 }))
  expect(thrownBy(() => lua.execute('frozen.a = 2'))).toMatchObject({ cause: expect.any(TypeError) })
  expect(thrownBy(() => lua.execute('frozen()'))).toMatchObject({
    message: expect.stringContaining('not a function'),
  })
  expect(thrownBy(() => lua.execute('return #frozen'))).toMatchObject({ cause: expect.any(TypeError) })
  expect(thrownBy(() => lua.execute('setmetatable(frozen, {})'))).toMatchObject({ name: 'LuaError' })
})

test('attributeFilter decides what Lua may see', async () => {
  const open = await loadLua('fengari')
  const state = open({ attributeFilter: (_, name, writing) => name === 'balance' && !writing })
  state.globals.account = new Account()
  expect(state.eval('account.balance')).toBe(10)
  for (const chunk of ['return account.pay', 'account.balance = 1']) {
    expect(thrownBy(() => state.execute(chunk))).toMatchObject({
      cause: { code: 'LUA_STATE_ATTRIBUTE_REFUSED' },
    })
  }
  state.close()
})
