import { expect, test } from 'vitest'
import { loadLua, LuaStateError, openLua, type LuaOptions, type RuntimeName } from '../src/index.ts'

const refused = async (runtime: unknown, options?: unknown) =>
  openLua(runtime as RuntimeName, options as LuaOptions).then(
    () => undefined,
    (error: unknown) => error as LuaStateError,
  )

test('openLua opens a state of the runtime that was asked for', async () => {
  const state = await openLua('fengari')
  expect(state).toMatchObject({ runtime: 'fengari', version: '5.3', closed: false })
  expect(state.eval('_VERSION')).toBe('Lua 5.3')
  state.close()
})

test('loadLua loads the runtime once, and then states are opened synchronously', async () => {
  const open = await loadLua('fengari')
  const [one, two] = [open(), open()]
  one.execute('x = 1')
  expect(two.globals.x).toBeUndefined()
  one.close()
  two.close()
})

test('a native runtime whose library is not there is refused with what to install', async () => {
  for (const name of ['luajit', 'lua5.1', 'lua5.4']) {
    const error = await refused(name, { library: '/no/such/library.so' })
    expect(error).toMatchObject({ name: 'LuaStateError', code: 'LUA_STATE_RUNTIME_MISSING' })
    expect(error?.message).toMatch(/Tried: \/no\/such\/library\.so\. Install one /)
  }
})

test('an unknown runtime is refused with the list of those allowed', async () => {
  const error = await refused('lua9')
  expect(error?.code).toBe('LUA_STATE_RUNTIME_UNKNOWN')
  expect(error?.message).toContain("'fengari', 'wasmoon', 'luajit', 'lua5.1'")
  expect(await refused(undefined)).toMatchObject({ code: 'LUA_STATE_RUNTIME_UNKNOWN' })
})

test('the first frame outside the package says where a state was opened', async () => {
  const open = await loadLua('fengari')
  const state = open()
  expect(state.openedAt).toEqual({
    file: import.meta.filename,
    line: expect.any(Number),
    column: expect.any(Number),
  })
  state.close()
})
