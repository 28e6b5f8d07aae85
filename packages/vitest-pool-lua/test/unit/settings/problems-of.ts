/** What resolveSettings says of wrong options: one line for each problem, as its error lists them. */
import { expect } from 'vitest'
import { PoolError } from '../../../src/errors.ts'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { thrownBy } from '../thrown.ts'

export function problemsOf(options: unknown, root = '/project'): string[] {
  const error = thrownBy(() => resolveSettings(options, root))
  expect(error).toBeInstanceOf(PoolError)
  expect(error).toHaveProperty('code', 'LUA_POOL_SETTINGS_INVALID')
  return (error as PoolError).message
    .split('\n')
    .filter(line => line.startsWith('  - '))
    .map(line => line.slice(4))
}
