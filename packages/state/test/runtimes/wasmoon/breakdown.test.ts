import { expect, test } from 'vitest'
import { loadLua, LuaStateError, openLua } from '../../../src/index.ts'
import { thrownBy } from '../../fresh-state.ts'
import { openWasmoon } from './wasmoon-state.ts'

/** Lua does not check chunks in binary: this one reads a register that is far outside of the stack. */
const damaged = `
  local dumped = string.dump(function(a) local t = {a, "s", 1.5} local x = t[1] return x, #t, a end, true)
  local f = load(dumped:sub(1, 39) .. string.char(63) .. dumped:sub(41))
  f(1)`

const broken = expect.objectContaining({ name: 'LuaStateError', code: 'LUA_STATE_RUNTIME_BROKEN' })

test('after a trap every state of the module says that it is broken, and closes', () => {
  const [trapped, other] = [openWasmoon(), openWasmoon()]
  const table = other.table({ a: 1 })
  const error = thrownBy(() => trapped.execute(damaged)) as LuaStateError
  expect(error).toEqual(broken)
  expect(error.message).toContain('memory access out of bounds')
  expect(error.message).toContain("openLua('wasmoon')")
  expect(error.cause).toMatchObject({ name: 'RuntimeError' })
  for (const use of [
    () => trapped.eval('1'),
    () => other.eval('1'),
    () => table.a,
    () => (table.a = 2),
    () => other.table([1]),
    () => other.memoryUsed(),
    () => other.collectGarbage(),
  ]) {
    expect(thrownBy(use)).toBe(error)
  }
  trapped.close()
  other.close()
  expect(thrownBy(() => other.eval('1'))).toMatchObject({ code: 'LUA_STATE_CLOSED' })
})

test('after a trap the next state has a fresh module, also from a function that was loaded before', async () => {
  const trapped = openWasmoon()
  expect(thrownBy(() => trapped.execute(damaged))).toEqual(broken)
  const states = [openWasmoon(), await openLua('wasmoon'), (await loadLua('wasmoon'))()]
  for (const state of states) {
    expect(state.execute('local f = ... return f(20) + 1', (x: number) => x * 2)).toBe(41)
    state.close()
  }
  trapped.close()
})

test('no callback and no pcall catches a trap', () => {
  const lua = openWasmoon()
  let went = ''
  lua.globals.damage = () => {
    try {
      lua.execute(damaged)
    } catch {
      went += 'caught in JS '
    }
  }
  lua.globals.goOn = () => (went += 'went on in Lua')
  expect(thrownBy(() => lua.execute('pcall(damage) goOn()'))).toEqual(broken)
  expect(went).toBe('caught in JS ')
  lua.close()
})

test('objects that the garbage collector finds after a trap do no harm', async () => {
  const lua = openWasmoon()
  for (let i = 0; i < 1000; i++) lua.table({ i })
  expect(thrownBy(() => lua.execute(damaged))).toEqual(broken)
  const garbage = Array.from({ length: 200 }, () => new Uint8Array(1_000_000))
  expect(garbage).toHaveLength(200)
  await new Promise(resolve => setTimeout(resolve, 50))
  lua.close()
})
