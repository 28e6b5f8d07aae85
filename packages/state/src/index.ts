/** The public surface: see README.md. */
export type { Baseline, BaselineChange } from './baseline.ts'
export { branches, type BranchOptions, type BranchResult } from './branches.ts'
export { bytesOf } from './values/bytes-of.ts'
export { luaIterator, type LuaIterator } from './values/lua-iterator.ts'
export { multiReturn, type LuaMultiReturn } from './values/multi-return.ts'
export { byReference, type LuaReference } from './values/by-reference.ts'
export type { Capabilities } from './capabilities.ts'
export {
  LuaError,
  LuaMemoryError,
  LuaStateError,
  LuaStateRangeError,
  LuaSyntaxError,
  LuaTimeoutError,
} from './errors.ts'
export type { LibraryName } from './libraries.ts'
export type { CompileOptions, LuaState } from './lua-state.ts'
export type { LuaAny, LuaCallable, LuaCoroutine, LuaFunction, LuaTable, LuaUserdata } from './lua-values.ts'
export { measureCalls, type CallTimes, type MeasureOptions } from './measure-calls.ts'
export { loadLua, openLua } from './open-lua.ts'
export { disposeAll, onStateClosed, onStateOpened, openStates, type OpenState } from './open-states.ts'
export type { AttributeFilter, LuaEncoding, LuaOptions } from './options.ts'
export { runningLua, type RunningFrame, type RunningLua } from './running-lua.ts'
export { runtimeNames, type RuntimeName } from './runtime-names.ts'
export type { Place } from './stack.ts'
export { tellStuckCalls, type StuckFrame } from './stuck-calls.ts'
export {
  entriesOf,
  getKey,
  invoke,
  isLuaTable,
  keysOf,
  lengthOf,
  luaType,
  setKey,
  toJS,
  valuesOf,
  type LuaType,
} from './tables/table-functions.ts'
