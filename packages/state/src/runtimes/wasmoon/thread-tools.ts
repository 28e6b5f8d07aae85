/**
 * What it takes to find the threads that run, also from inside of an interrupt, where Lua may be between any two of its
 * steps: functions that only read, and room of their own. A trap in one of them damages nothing, so they are not watched
 * for a breakdown.
 */
import { dialects, type LuaPointer } from '../c-api/api.ts'
import type { ThreadTools } from '../c-api/running-threads.ts'
import type { Engine } from './engine.ts'
import { debugLayout } from './layout.ts'

const cFunction = 'C'

export function threadTools(engine: Engine): ThreadTools {
  const { lua_tothread: tothread, lua_status: status, lua_getstack: getstack, lua_getinfo } = engine.linkable
  const room = engine.allocate(debugLayout.size)
  const wanted = engine.allocateBytes(Buffer.from('S'))
  const isInC = (L: LuaPointer) => {
    if (getstack(L, 0, room) === 0) return false
    lua_getinfo(L, wanted, room)
    const { view } = engine.heap
    return engine.heap.textAt(view.getUint32(room + debugLayout.what, true)) === cFunction
  }
  return { api: { tothread, status, getstack }, isInC, firstUpvalue: dialects['5.4'].firstUpvalue, room }
}
