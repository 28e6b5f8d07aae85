import { expect, onTestFinished, test } from 'vitest'
import { LuaMemoryError, type LuaState } from '../../../src/index.ts'
import { CApiMachine } from '../../../src/runtimes/c-api/machine.ts'
import { bindEngine } from '../../../src/runtimes/wasmoon/binding.ts'
import { capabilities } from '../../../src/runtimes/wasmoon/capabilities.ts'
import { Engine } from '../../../src/runtimes/wasmoon/engine.ts'
import { findModule } from '../../../src/runtimes/wasmoon/find-module.ts'
import { openState } from '../../../src/session/open-state.ts'
import { serveOptions } from '../../../src/options.ts'
import { thrownBy } from '../../fresh-state.ts'

const megabyte = 2 ** 20
const module = await findModule()

/** In a memory that ends long before WebAssembly's own end at 2 GB. 64 MB of it are kept for JS. */
function openIn(megabytes: number): LuaState {
  const binding = bindEngine(new Engine(module, megabytes * megabyte))
  const adapter = {
    runtime: 'wasmoon',
    version: '5.4',
    capabilities,
    open: (options, host) => new CApiMachine(binding, options, host),
  } as const satisfies Parameters<typeof openState>[0]
  const state = openState(adapter, serveOptions('wasmoon', '5.4', capabilities, {}))
  onTestFinished(() => state.close())
  return state
}

const usable = (lua: LuaState) => lua.execute('local t = {} for i = 1, 1000 do t[i] = {i} end return #t')

test.each([
  ['one long string', 'return #("x"):rep(200 * 1024 * 1024)'],
  ['a string that doubles', 'local s = "x" while true do s = s .. s end'],
  ['tables without end', 'local t = {} while true do t = {t} end'],
  ['a list without end', 'local t = {} for i = 1, 1e9 do t[i] = i end'],
])('the end of the memory of WebAssembly is a LuaMemoryError: %s', (_, chunk) => {
  const lua = openIn(100)
  for (let round = 0; round < 2; round++) {
    expect(thrownBy(() => lua.execute(chunk))).toBeInstanceOf(LuaMemoryError)
    expect(usable(lua)).toBe(1000)
  }
})

test('Lua catches the end of the memory as "not enough memory"', () => {
  const lua = openIn(100)
  const caught = lua.execute.all('return pcall(string.rep, "x", 200 * 1024 * 1024)')
  expect(caught).toEqual([false, 'not enough memory'])
})

test('text from JS for which there is no room is a LuaMemoryError', () => {
  const lua = openIn(100)
  const long = 'x'.repeat(60 * megabyte)
  expect(thrownBy(() => lua.execute('local a = ...', long))).toBeInstanceOf(LuaMemoryError)
  expect(usable(lua)).toBe(1000)
  lua.globals.giveBack = () => long
  expect(thrownBy(() => lua.execute('giveBack()'))).toBeInstanceOf(LuaMemoryError)
  expect(lua.execute.all('return pcall(giveBack)')[0]).toBe(false)
  expect(usable(lua)).toBe(1000)
})

test('memory that was given back is used again', () => {
  const lua = openIn(100)
  for (let round = 0; round < 10; round++) {
    expect(lua.execute('local s = ("x"):rep(8 * 1024 * 1024) return #s')).toBe(8 * megabyte)
  }
})
