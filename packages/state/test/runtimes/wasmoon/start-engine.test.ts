import { expect, test } from 'vitest'
import { LuaStateError } from '../../../src/index.ts'
import { startEngine } from '../../../src/runtimes/wasmoon/start-engine.ts'
import { findModule } from '../../../src/runtimes/wasmoon/find-module.ts'
import { assemble } from '../../../src/web-assembly/assemble.ts'
import { WebAssembly } from '../../../src/web-assembly/web-assembly.ts'
import { thrownBy } from '../../fresh-state.ts'

test('the module of the installed wasmoon starts, each time afresh', async () => {
  const module = await findModule()
  const [first, second] = [startEngine(module), startEngine(module)]
  expect(first.exports.luaL_newstate()).toBeGreaterThan(0)
  expect(second.heap.bytes.buffer).not.toBe(first.heap.bytes.buffer)
})

test('a module that lacks functions is refused with the versions that do not', () => {
  const module = new WebAssembly.Module(assemble({ imports: { lua_close: { params: ['i32'] } } }))
  const error = thrownBy(() => startEngine(module)) as LuaStateError
  expect(error).toMatchObject({ name: 'LuaStateError', code: 'LUA_STATE_RUNTIME_UNSUPPORTED' })
  expect(error.message).toMatch(
    /^openLua\('wasmoon'\) can't use wasmoon 1\.\d+\.\d+\. .* does not export luaL_openlibs, .*wasmoon@\^1\.16\.0$/,
  )
})
