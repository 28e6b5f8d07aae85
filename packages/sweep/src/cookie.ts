/**
 * A cookie is an environment variable by which a process, and all that it starts, can be recognised:
 * every program passes its environment on unless it takes care not to.
 *
 *     const cookie = { name: 'VITEST_POOL_LUA_RUN', value: randomUUID() }
 *     spawn('server', { env: { ...process.env, [cookie.name]: cookie.value } })
 */
export interface Cookie {
  readonly name: string
  /** Unique to what is to be recognised: whoever holds the same value is taken for it. */
  readonly value: string
}

/** The values that a variable has in an environment block: as a rule one or none. */
export function valuesIn(environ: string, name: string): readonly string[] {
  const start = `${name}=`
  return environ
    .split('\0')
    .filter(entry => entry.startsWith(start))
    .map(entry => entry.slice(start.length))
}

/** Whether an environment block, as in `/proc/PID/environ` (`A=1\0B=2\0`), has the cookie. */
export function holdsCookie(environ: string, cookie: Cookie): boolean {
  return `\0${environ}\0`.includes(`\0${cookie.name}=${cookie.value}\0`)
}
