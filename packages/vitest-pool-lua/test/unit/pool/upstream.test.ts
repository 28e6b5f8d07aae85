import { describe, expect, test } from 'vitest'
import { checkVersions } from '../../../src/pool/upstream.ts'

describe('of Vitest', () => {
  test.each(['4.1.0', '4.1.0-beta.2', '4.12.3', '5.0.0', '5.1.1'])('%s is supported', version => {
    expect(() => checkVersions(version)).not.toThrow()
  })

  test.each(['2.1.9', '3.2.4', '4.0.0', '4.0.18', '6.0.0'])('%s is refused', version => {
    expect(() => checkVersions(version)).toThrow(
      expect.objectContaining({ name: 'PoolError', code: 'LUA_POOL_VITEST_VERSION' }),
    )
  })

  test('the refusal names what is installed, what is supported and what to install', () => {
    expect(() => checkVersions('3.2.4')).toThrowErrorMatchingInlineSnapshot(
      `[PoolError: vitest-pool-lua works with Vitest ^4.1 and ^5, but this is Vitest 3.2.4. Install one of them: npm install --save-dev vitest@5 [LUA_POOL_VITEST_VERSION]]`,
    )
  })
})

describe('of Node.js', () => {
  test.each(['22.12.0', '22.23.2', '24.0.0', '26.0.0', '27.1.0'])('%s is supported', version => {
    expect(() => checkVersions('5.1.1', version)).not.toThrow()
  })

  test.each(['18.20.0', '20.20.2', '22.11.0', '23.5.0', '25.0.0'])('%s is refused', version => {
    expect(() => checkVersions('5.1.1', version)).toThrow(
      expect.objectContaining({ name: 'PoolError', code: 'LUA_POOL_NODE_VERSION' }),
    )
  })

  test('the refusal names what is installed, what is supported and what to install', () => {
    expect(() => checkVersions('5.1.1', '20.20.2')).toThrowErrorMatchingInlineSnapshot(
      `[PoolError: vitest-pool-lua works with Node.js ^22.12, ^24 and >=26, but this is Node.js 20.20.2. Install one of them: 24 is the long-term release. [LUA_POOL_NODE_VERSION]]`,
    )
  })
})
