/**
 * Wrong use or a wrong environment: what was tried, what was given, what is
 * allowed, and the next step. Codes are `LUA_POOL_<AREA>_<FACT>`.
 */
export class PoolError extends Error {
  override readonly name = 'PoolError'
  readonly code: `LUA_POOL_${string}`

  constructor(code: PoolError['code'], message: string, options?: ErrorOptions) {
    super(`${message} [${code}]`, options)
    this.code = code
  }
}

/** A bug of ours: the message says so and where to tell us. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError'

  constructor(fact: string, options?: ErrorOptions) {
    super(
      `${fact}. This is a bug in vitest-pool-lua: please report it with this message and the versions of Node.js and Vitest.`,
      options,
    )
  }
}
