import { expect, test } from 'vitest'
import { loadLua, LuaError, LuaStateError, LuaTimeoutError, runtimeNames } from '../../src/index.ts'

test.each([...runtimeNames])(
  '%s: what JS throws first inside a coroutine is caught there as the same object',
  async runtime => {
    const state = (await loadLua(runtime))()
    const error = new Error('first')
    state.globals.fail = () => {
      throw error
    }
    const caught = 'local ok, e = coroutine.resume(coroutine.create(function() fail() end)) return e'
    expect(state.execute(caught)).toBe(error)
    expect(state.execute('local e = ... return e.message', error)).toBe('first')
    state.close()
  },
)

test.each([...runtimeNames])('%s: a getter that calls Lua may be read inside a coroutine', async runtime => {
  const state = (await loadLua(runtime))()
  class Account {
    get balance(): number {
      return state.eval('6 * 7')
    }
  }
  const read = 'local a = ... return coroutine.wrap(function() return a.balance end)()'
  expect(state.execute(read, new Account())).toBe(42)
  expect(state.eval('1 + 1')).toBe(2)
  state.close()
})

test.each([...runtimeNames])(
  '%s: states are opened and limited inside a callback of another',
  async runtime => {
    const open = await loadLua(runtime)
    const outer = open()
    const opened: ReturnType<typeof open>[] = []
    outer.globals.open = () => {
      const limits = outer.capabilities.memoryCap ? { maxMemory: 64_000_000 } : {}
      opened.push(open({ callTimeout: 100, ...limits }))
      for (let count = 0; count < 200; count++) opened[0]?.execute('callback = ...', () => count)
    }
    outer.execute('open()')
    const [inner] = opened
    expect(() => inner?.execute('while true do end')).toThrow(LuaTimeoutError)
    expect(inner?.execute('return callback()')).toBe(199)
    inner?.close()
    outer.close()
  },
)

test.each([...runtimeNames])(
  '%s: a coroutine that waits for a promise is resumed by the promise only',
  async runtime => {
    const state = (await loadLua(runtime))()
    const { promise, resolve } = Promise.withResolvers<number>()
    state.globals.wait = () => promise
    const waiting = state.executeAsync('co = coroutine.running() return wait()')
    const [resumed, error] = state.execute.all('return coroutine.resume(co)')
    resolve(7)
    expect(resumed).toBe(false)
    expect(error).toBeInstanceOf(LuaError)
    await expect(waiting).rejects.toThrow('cannot resume dead coroutine')
    state.close()
  },
)

test.each([...runtimeNames])(
  '%s: chunks compile however deep JS and Lua call each other through pcall',
  async runtime => {
    const state = (await loadLua(runtime))()
    const down = (level: number): unknown =>
      state.execute('local down, level = ... local ok, e = pcall(down, level + 1) error(e, 0)', down, level)
    expect(() => down(0)).toThrow(LuaError)
    expect(() => down(0)).toThrow('stack overflow')
    expect(state.eval('1 + 1')).toBe(2)
    state.close()
  },
)

test.each(runtimeNames.filter(name => name !== 'fengari'))(
  '%s: who empties the registry does not take what JS holds',
  async runtime => {
    const state = (await loadLua(runtime))()
    const table = state.table({ a: 1 })
    state.execute(`
      local registry = debug.getregistry()
      registry.mine = 5
      for key in pairs(registry) do
        if type(key) == 'number' and key > 2 then registry[key] = nil end
      end
      assert(not pcall(function() registry[1000] = true end))
    `)
    expect(state.eval('debug.getregistry().mine')).toBe(5)
    expect(table.a).toBe(1)
    state.close()
  },
)

test('a library is chosen when the runtime is loaded', async () => {
  const open = await loadLua('lua5.4')
  expect(() => open({ library: '/no/such.so' })).toThrow(LuaStateError)
  expect(() => open({ library: '/no/such.so' })).toThrow("loadLua('lua5.4', { library: '/no/such.so' })")
})
