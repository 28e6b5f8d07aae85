import { expect, test } from 'vitest'
import { checkChanges } from '../../../src/test/lua-changes.ts'

test.each([[{}], [{ scope: 'test' }], [{ setup: () => {} }], [{ setup: './setup.ts', runtime: 'fengari' }]])(
  '%o is right',
  changes => {
    expect(() => checkChanges(changes)).not.toThrow()
  },
)

test.each([
  [5, 'got 5, allowed is an object'],
  [{ scop: 'test' }, 'scop: no such option; there are runtime, scope, setup'],
  [{ scope: 'nope' }, "scope: got 'nope', allowed is 'file' or 'test'"],
  [{ runtime: 'luajit' }, "runtime: got 'luajit', allowed is 'fengari'"],
  [{ setup: 3 }, 'setup: got 3, allowed is a function, or the path of a module that exports a Lua setup'],
])('%o is refused', (changes, words) => {
  expect(() => checkChanges(changes)).toThrow(`luaOptions cannot be used: ${words}.`)
})
