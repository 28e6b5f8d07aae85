/** Wrong use, or an environment in which sweeping can't work. `code` says which. */
export type SweepErrorCode =
  /** The target names nothing, or something that must never be swept. */
  | 'LUA_SWEEP_BAD_TARGET'
  /** An option has a value that it can't have. */
  | 'LUA_SWEEP_BAD_OPTION'
  /** The tier `proc` was asked for where there is no Linux `/proc`. */
  | 'LUA_SWEEP_NO_PROC'
  /** The tier `tree` needs the program `ps`, which is not on PATH. */
  | 'LUA_SWEEP_NO_PS'
  /** Listing the processes failed; `cause` says how. */
  | 'LUA_SWEEP_LIST_FAILED'

export class SweepError extends Error {
  override readonly name = 'SweepError'
  readonly code: SweepErrorCode

  constructor(code: SweepErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
