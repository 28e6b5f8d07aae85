/** Whether Lua's structures lie in wasmoon's module as `layout.ts` says: looked at in a hook, and outside. */
import { isDeepStrictEqual } from 'node:util'
import type { Engine } from './engine.ts'
import { unsupported } from './find-module.ts'
import { debugLayout, hookEvents, hookMasks, threadLayout, valueSize } from './layout.ts'

const chunk = Buffer.from('\nreturn 1')
const name = '=layout'

const expected = {
  outside: { hooksAllowed: 1, valuesOnStack: 1 },
  inHook: {
    hooksAllowed: 0,
    // Nothing lies below a chunk; a function of variable arguments lies there twice, with two registers above.
    valuesOnStack: 5,
    event: hookEvents.count,
    source: name,
    sourceLength: name.length,
    line: 2,
  },
}

/** Throws a LuaStateError where it is something else. */
export function checkLayout(engine: Engine): void {
  const { exports } = engine
  const L = exports.luaL_newstate()
  const addresses = [chunk, Buffer.from(name), Buffer.from('Sl')].map(bytes => engine.allocateBytes(bytes))
  const [source, chunkName, wanted] = addresses as [number, number, number]
  const found: Partial<typeof expected> = { outside: threadAt(engine, L) }
  const look = (thread: number, debug: number) => {
    exports.lua_getinfo(thread, wanted, debug)
    found.inHook ??= { ...threadAt(engine, thread), ...debugAt(engine, debug) }
  }
  const { hook } = engine.addFunctions({ hook: [{ params: ['i32', 'i32'] }, look as () => void] })
  exports.luaL_loadbufferx(L, source, chunk.length, chunkName, 0)
  exports.lua_sethook(L, hook, hookMasks.count, 1)
  exports.lua_pcallk(L, 0, 0, 0, 0, 0)
  exports.lua_close(L)
  for (const address of addresses) exports.free(address)
  if (!isDeepStrictEqual(found, expected))
    throw unsupported(`Its Lua has structures that are not those of 5.4: ${JSON.stringify(found)}`)
}

function threadAt({ heap }: Engine, L: number): (typeof expected)['outside'] {
  const field = (offset: number) => heap.view.getUint32(L + offset, true)
  return {
    hooksAllowed: heap.view.getUint8(L + threadLayout.allowHook),
    valuesOnStack: (field(threadLayout.top) - field(threadLayout.stack)) / valueSize,
  }
}

function debugAt({ heap }: Engine, debug: number) {
  const at = (offset: number) => heap.view.getUint32(debug + offset, true)
  return {
    event: at(debugLayout.event),
    source: heap.textAt(at(debugLayout.source)),
    sourceLength: at(debugLayout.sourceLength),
    line: at(debugLayout.currentLine),
  }
}
