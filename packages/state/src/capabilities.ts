/**
 * What a runtime can do, as data: each entry is tested, none is a promise. Where a capability is missing the
 * call that needs it fails with an error that names the runtime.
 */
export interface Capabilities {
  /** Bits of an integer: 32 on fengari, 53 where all numbers are doubles, else 64. */
  readonly integerBits: 32 | 53 | 64
  /** `__gc` metamethods run. */
  readonly finalizers: boolean
  /** `__mode` tables let go of what is garbage. */
  readonly weakTables: boolean
  /** `io.popen` starts programs. */
  readonly popen: boolean
  /** The option `maxMemory` is enforced. */
  readonly memoryCap: boolean
  /** `memoryUsed()` gives bytes. */
  readonly memoryUsed: boolean
  /** C modules load, through the option `packageCPath`. */
  readonly cModules: boolean
  /** `callTimeout` ends endless Lua code, also in coroutines and under pcall. */
  readonly callTimeout: boolean
  /** `callTimeout` ends a long C function too, such as `string.rep` or a pattern bomb. */
  readonly callTimeoutInLibrary: boolean
  /** A compiler makes machine code of Lua: the option `jit` can switch it off. */
  readonly compiler: boolean
  /** A coroutine can yield inside `pcall`, a metamethod or an iterator. */
  readonly yieldAcrossPcall: boolean
  /** `pairs` obeys `__pairs`. */
  readonly pairsMetamethod: boolean
  /** `string.dump` makes chunks, and `load` takes them. */
  readonly binaryChunks: boolean
}
