import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { stateOfMain, thisMain } from '../../../src/pool/main-process.ts'

test('this process is alive', () => {
  expect(stateOfMain(thisMain())).toBe('alive')
})

test('a process that has ended is gone', () => {
  const { pid } = spawnSync(process.execPath, ['--version'])
  expect(stateOfMain({ ...thisMain(), pid })).toBe('gone')
})

test('a process that has the pid of another one is not taken for it', () => {
  const main = thisMain()
  expect(stateOfMain({ ...main, startTime: main.startTime - 400 })).toBe('gone')
})

test('whether a main process in a container lives cannot be told from outside', () => {
  expect(stateOfMain({ ...thisMain(), space: '1' })).toBe('elsewhere')
})
