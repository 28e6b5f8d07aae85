import { expect, test } from 'vitest'
import { ownStateOptions, stateOptions } from '../../../src/guards/state-options.ts'

const SETTINGS = { packagePath: null, packageCPath: null, callLimit: null, stateMemory: null }

function callLimit(): number {
  return 4_500
}

test('a state has the limit of its test, and nothing that the settings do not say', () => {
  expect(stateOptions(SETTINGS, 'fengari', callLimit)).toEqual({ callTimeout: callLimit })
  expect(stateOptions(SETTINGS, 'lua5.4', callLimit)).toEqual({ callTimeout: callLimit })
})

test('the paths and the limit on memory of the settings are those of the state', () => {
  const settings = { ...SETTINGS, packagePath: ['/p/?.lua'], packageCPath: ['/p/?.so'], stateMemory: 1e6 }
  expect(stateOptions(settings, 'lua5.1', callLimit)).toEqual({
    callTimeout: callLimit,
    packagePath: ['/p/?.lua'],
    packageCPath: ['/p/?.so'],
    maxMemory: 1e6,
  })
})

test('LuaJIT keeps its compiler, unless a limit on calls was asked for', () => {
  expect(stateOptions(SETTINGS, 'luajit', callLimit)).toEqual({ callTimeout: callLimit, jit: true })
  const asked = { ...SETTINGS, callLimit: 5_000 }
  expect(stateOptions(asked, 'luajit', callLimit)).toEqual({ callTimeout: callLimit })
})

test('a state that a test opens has the limits of the file, but not its paths', () => {
  const settings = { ...SETTINGS, packagePath: ['/p/?.lua'], stateMemory: 1e6 }
  expect(ownStateOptions(settings, 'luajit', callLimit, {})).toEqual({
    callTimeout: callLimit,
    jit: true,
    maxMemory: 1e6,
  })
  expect(ownStateOptions(settings, 'fengari', callLimit, { encoding: 'bytes' })).toEqual({
    callTimeout: callLimit,
    encoding: 'bytes',
  })
})

test('what the test says of its state holds', () => {
  const settings = { ...SETTINGS, stateMemory: 1e6 }
  const options = { callTimeout: 60, maxMemory: 2e6 }
  expect(ownStateOptions(settings, 'luajit', callLimit, options)).toEqual(options)
  expect(ownStateOptions(settings, 'lua5.3', callLimit, { callTimeout: 0 })).toEqual({
    callTimeout: 0,
    maxMemory: 1e6,
  })
})
