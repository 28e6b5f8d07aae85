import { expect, test } from 'vitest'
import { checkVersion } from '../../../src/pool/upstream.ts'

test.each(['4.1.0', '4.1.0-beta.2', '4.12.3', '5.0.0', '5.1.1'])('Vitest %s is supported', version => {
  expect(() => checkVersion(version)).not.toThrow()
})

test.each(['2.1.9', '3.2.4', '4.0.0', '4.0.18', '6.0.0'])('Vitest %s is refused', version => {
  expect(() => checkVersion(version)).toThrow(
    expect.objectContaining({ name: 'PoolError', code: 'LUA_POOL_VITEST_VERSION' }),
  )
})

test('the refusal names what is installed, what is supported and what to install', () => {
  expect(() => checkVersion('3.2.4')).toThrowErrorMatchingInlineSnapshot(`[PoolError: vitest-pool-lua works with Vitest ^4.1 and ^5, but this is Vitest 3.2.4. Install one of them: npm install --save-dev vitest@5 [LUA_POOL_VITEST_VERSION]]`)
})
