import { openLua } from '@vitest-pool-lua/state'
import { expect, onTestFinished, test } from 'vitest'
import { userFrames } from '../../../src/guards/user-frames.ts'
import type { UserFrames } from '../../../src/guards/user-frames.ts'

function asked(): UserFrames {
  return userFrames(asked)
}

/** The first so many, as `name file`. */
function names({ stack }: UserFrames): string[] {
  return stack
    .split('\n')
    .map(line => line.replace(/^\s+at (.*?)(?: \[.*?\])? ?\(?[^(]*\/([^/]+):\d+:\d+\)?$/, '$1 $2'))
}

function inner(): UserFrames {
  return asked()
}

function outer(): UserFrames {
  return inner()
}

test('frames begin with whoever asked, and have no heading', () => {
  const frames = outer()
  expect(names(frames).slice(0, 2)).toEqual(['inner user-frames.test.ts', 'outer user-frames.test.ts'])
  expect(frames.stack).not.toContain('node:internal')
  expect(frames.aboveLua).toBe(0)
})

test('a function of JavaScript that has no file keeps its frame', () => {
  const [frames] = [1].map(function each() {
    return asked()
  })
  expect(frames?.stack).toMatch(/^ +at each .*\n +at Array\.map \(<anonymous>\)\n/)
})

test('frames of a runtime of Lua are left out, and those that Lua called are counted', async () => {
  const state = await openLua('fengari')
  onTestFinished(() => state.close())
  let frames: UserFrames | undefined
  state.globals.call = function fromLua() {
    frames = outer()
  }
  state.execute('call()')
  expect(frames?.aboveLua).toBe(3)
  expect(names(frames as UserFrames).slice(0, 2)).toEqual([
    'inner user-frames.test.ts',
    'outer user-frames.test.ts',
  ])
  expect(frames?.stack).not.toMatch(/fengari|wasm:/)
  expect(frames?.stack.split('\n')[3]).toContain('user-frames.test.ts')
})

test('a program that has made stacks something else, or has frozen their limit, is not disturbed', () => {
  const before = Object.getOwnPropertyDescriptors(Error)
  onTestFinished(() => void Object.defineProperties(Error, before))
  Error.prepareStackTrace = (_error, sites) => sites
  Object.defineProperty(Error, 'stackTraceLimit', { value: 7, writable: false, configurable: true })
  const frames = asked()
  expect(typeof frames.stack).toBe('string')
  expect(Error.stackTraceLimit).toBe(7)
})
