import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createSocketServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openEngine } from '../../../src/guards/engine.ts'
import { currentTest } from '../samples.ts'

/** Has every way of ending but those left out; tells which one was used. */
function endable(...without: readonly PropertyKey[]): { readonly used: PropertyKey[] } {
  const used: PropertyKey[] = []
  const value = { used }
  for (const name of [Symbol.asyncDispose, Symbol.dispose, 'close', 'end', 'destroy']) {
    if (!without.includes(name)) Reflect.set(value, name, () => void used.push(name))
  }
  return value
}

class Store {
  #open = true

  get open(): boolean {
    return this.#open
  }

  close(): void {
    this.#open = false
  }
}

describe('an engine is ended', () => {
  const order = [Symbol.asyncDispose, Symbol.dispose, 'close', 'end', 'destroy']

  test.each(order.map((name, index) => [name, order.slice(0, index)] as const))(
    'by %o where nothing better is there',
    (name, without) => {
      const value = endable(...without)
      openEngine(value, {}, null).dispose()
      expect(value.used).toEqual([name])
    },
  )

  test('by the dispose that is given with it, and by that alone', () => {
    const value = endable()
    const given: unknown[] = []
    openEngine(value, { dispose: it => given.push(it) }, null).dispose()
    expect(given).toEqual([value])
    expect(value.used).toEqual([])
  })

  test('in its own right: `this` is the engine', () => {
    const store = new Store()
    openEngine(store, {}, null).dispose()
    expect(store.open).toBe(false)
  })

  test('and what that promises is waited for by whoever disposes', async () => {
    const failure = new Error('the socket is gone')
    const engine = openEngine({ close: () => Promise.reject(failure) }, {}, null)
    await expect(engine.dispose()).rejects.toBe(failure)
  })

  test('also where it is a function', () => {
    const used: string[] = []
    const listen = Object.assign(() => {}, { close: () => void used.push('close') })
    openEngine(listen, {}, null).dispose()
    expect(used).toEqual(['close'])
  })
})

describe('an engine is open', () => {
  test('until it is disposed', () => {
    const engine = openEngine(new Store(), {}, null)
    expect(engine.isOpen()).toBe(true)
    engine.dispose()
    expect(engine.isOpen()).toBe(false)
  })

  test('until the test closes it', () => {
    const store = new Store()
    const engine = openEngine(store, {}, null)
    store.close()
    expect(store.open).toBe(false)
    expect(engine.isOpen()).toBe(false)
  })

  test('until the test closes it, also where it was given a dispose', () => {
    const store = new Store()
    const engine = openEngine(store, { dispose: it => it.close() }, null)
    store.close()
    expect(engine.isOpen()).toBe(false)
  })

  test('until `using` ends it', () => {
    const value = endable()
    const engine = openEngine(value, {}, null)
    Reflect.apply(Reflect.get(value, Symbol.asyncDispose) as () => void, value, [])
    expect(engine.isOpen()).toBe(false)
  })

  test.each([Symbol.dispose, 'close', 'end', 'destroy'])(
    'until the test ends it in another way than we would: by %o',
    name => {
      const value = endable()
      const engine = openEngine(value, {}, null)
      Reflect.apply(Reflect.get(value, name) as () => void, value, [])
      expect(engine.isOpen()).toBe(false)
    },
  )

  test.each([
    ['an HTTP server', () => createServer()],
    ['a socket server', () => createSocketServer()],
  ])('until the test closes it: %s, which could be disposed in two ways', async (_, create) => {
    const server = create()
    onTestFinished(() => void server.close())
    const engine = openEngine(server, {}, null)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')

    server.close()
    await once(server, 'close')

    expect(engine.isOpen()).toBe(false)
  })

  test('although the test may call its other methods, which give what they gave', () => {
    const value = { add: (a: number, b: number) => a + b, close: (code: number) => `closed ${code}` }
    const engine = openEngine(value, {}, null)
    expect(value.add(1, 2)).toBe(3)
    expect(engine.isOpen()).toBe(true)
    expect(value.close(5)).toBe('closed 5')
  })
})

test('watching an engine adds nothing that shows', () => {
  const store = new Store()
  openEngine(store, {}, null)
  expect(Object.keys(store)).toEqual([])
  expect(store).toEqual(new Store())
})

test('a frozen engine is disposed as well', () => {
  const used: string[] = []
  const engine = openEngine(Object.freeze({ close: () => void used.push('close') }), {}, null)
  expect(engine.isOpen()).toBe(true)
  engine.dispose()
  expect(used).toEqual(['close'])
  expect(engine.isOpen()).toBe(false)
})

test('an engine tells where it was opened and by which test', () => {
  const opens = currentTest('opens it')
  expect(openEngine(new Store(), {}, opens)).toMatchObject({
    test: opens.name,
    at: { file: fileURLToPath(import.meta.url) },
  })
  expect(openEngine(new Store(), {}, null).test).toBeNull()
})

test('an engine is called by its given name, else by its class', () => {
  expect(openEngine(new Store(), { name: 'the orders' }, null).name).toBe('the orders')
  expect(openEngine(new Store(), {}, null).name).toBe('Store')
  expect(openEngine({ close() {} }, {}, null).name).toBe('Object')
  const classless = Object.assign(Object.create(null) as object, { close() {} })
  expect(openEngine(classless, {}, null).name).toBe('an engine')
})

test('an engine has no key but the given one', () => {
  expect(openEngine(new Store(), {}, null).key).toBeNull()
  expect(openEngine(new Store(), { key: 'orders' }, null).key).toBe('orders')
})

test.each([
  ['a plain object', { open: true }, 'a Object'],
  ['an object whose close is no function', { close: true }, 'a Object'],
  ['null', null, 'null'],
  ['undefined', undefined, 'undefined'],
  ['a number', 5, 'number'],
  ['a string', 'db', 'string'],
])('%s cannot be disposed, which is an error that says how', (_, value, given) => {
  expect(() => openEngine<unknown>(value, {}, null)).toThrow(
    expect.objectContaining({
      code: 'LUA_POOL_ENGINE_NOT_DISPOSABLE',
      message: expect.stringContaining(
        `engine() was given ${given}, which has none of close, end, destroy, Symbol.dispose, Symbol.asyncDispose. Say how to end it: engine(value, { dispose: value => ... }).`,
      ) as string,
    }),
  )
})

test('anything can be an engine with a dispose of its own, also a number', () => {
  const given: number[] = []
  const engine = openEngine(5, { name: 'the timer', dispose: it => given.push(it) }, null)
  engine.dispose()
  expect(given).toEqual([5])
})

test('anything can be an engine without a name too', () => {
  expect(openEngine(5, { dispose: () => {} }, null).name).toBe('Number')
})

test('where nothing stands for the engine, its dispose is enough', () => {
  const said: string[] = []
  const engine = openEngine(undefined, { dispose: () => said.push('stopped') }, null)
  engine.dispose()
  expect(engine.name).toBe('an engine')
  expect(said).toEqual(['stopped'])
})
