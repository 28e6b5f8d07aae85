import { expect } from 'vitest'
import { invoke, test } from 'vitest-pool-lua/test'

test('a passive skill costs a point for every step to it', ({ lua }) => {
  const { tree } = lua.globals.newBuild('Warden', 10)
  expect(invoke(tree, 'Allocate', 'plating')).toBe(3)
  expect(invoke(tree, 'Allocate', 'bulwark')).toBe(1)
})

test('giving a passive skill back gives back all that hung on it', ({ lua }) => {
  const { tree } = lua.globals.newBuild('Stalker', 10)
  invoke(tree, 'Allocate', 'keenEye')
  invoke(tree, 'Deallocate', 'quickFingers')
  expect(tree.allocated).toEqual({ stalker: true, grace: true })
})

test('a passive skill that does not exist is an error that names it', ({ lua }) => {
  const { tree } = lua.globals.newBuild('Warden', 1)
  expect(() => invoke(tree, 'Allocate', 'flight')).toThrow('no passive skill flight')
})
