/** Whether the stack of JS has room for Lua: see `stack-room.ts`. */
import { LuaError } from '../errors.ts'
import { stackGuard } from '../stack-room.ts'

/** Gives a function that throws a LuaError where there is none. */
export function luaRoomGuard(): () => void {
  const ensureRoom = stackGuard()
  return () => {
    try {
      ensureRoom()
    } catch {
      throw new LuaError('stack overflow: the stack of JS has no room left for Lua')
    }
  }
}
