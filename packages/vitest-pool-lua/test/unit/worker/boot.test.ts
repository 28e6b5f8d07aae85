import { expect, test } from 'vitest'
import { InvariantError } from '../../../src/errors.ts'
import type { Boot } from '../../../src/protocol/message.ts'
import { resolveSettings } from '../../../src/settings/resolve-settings.ts'
import { readBoot } from '../../../src/worker/boot.ts'

const boot: Boot = {
  distPath: '/project/node_modules/vitest/dist',
  run: 'run-1',
  fileCookie: 'run-1.1',
  brand: null,
  journal: '/tmp/journals/run-1.1',
  compileCache: true,
  settings: resolveSettings({ packagePath: ['lua/?.lua'] }, '/project'),
}

test('the boot data arrives as it was sent, and is gone from the arguments', () => {
  const argv = ['node', '/entry.js', JSON.stringify(boot)]
  expect(readBoot(argv)).toEqual(boot)
  expect(argv).toEqual(['node', '/entry.js'])
})

test("arguments that come after it are the tests'", () => {
  const argv = ['node', '/entry.js', JSON.stringify(boot), '--flag']
  readBoot(argv)
  expect(argv).toEqual(['node', '/entry.js', '--flag'])
})

test('a worker without boot data is a bug of ours', () => {
  expect(() => readBoot(['node', '/entry.js'])).toThrow(InvariantError)
  expect(() => readBoot(['node', '/entry.js'])).toThrow('A worker was started without its boot data')
})
