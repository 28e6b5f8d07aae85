import { EventEmitter } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { takeOpening } from '../../../../src/guards/engines/opening.ts'
import type { Opening } from '../../../../src/guards/engines/opening.ts'
import { currentTest, testName } from '../../samples.ts'

const HERE = fileURLToPath(import.meta.url)
const clock = createTestClock(1_000)
const prepare: unknown = Reflect.get(Error, 'prepareStackTrace')

afterEach(() => void Reflect.set(Error, 'prepareStackTrace', prepare))

/** What is opened, as a function of Node or of a library would be. */
function open(value?: object): Opening {
  return takeOpening(open, clock, value)
}

test('an opening knows the test, and the line of who opens', () => {
  const opening = clock.within(currentTest('opens it'), () => open())
  expect(opening.test).toEqual(testName('opens it'))
  expect(opening.at()).toMatchObject({ file: HERE, line: 21 })
  expect(opening.hasUser()).toBe(true)
  expect(opening.isOurs()).toBe(false)
  expect(open().test).toBeNull()
})

test('the constructors of a class, also of one of the user’s, are not who opens', () => {
  class Pool extends EventEmitter {
    readonly opening: Opening

    constructor() {
      super()
      this.opening = open(this)
    }
  }
  class OwnPool extends Pool {}
  const { opening } = new OwnPool()
  expect(opening.at()).toMatchObject({ file: HERE, line: 39 })
})

test('what stands between the opening and the user can be asked for', () => {
  const opening = open()
  expect(opening.through(/opening\.test/)).toBe(false)
  // What Node calls back for the user stands above the user's own code.
  let called: Opening | undefined
  new EventEmitter().on('newListener', onNew).on('any', () => {})
  function onNew(): void {
    called = takeOpening(onNew, clock)
  }
  expect(called?.through(/node:events emit/)).toBe(true)
  expect(called?.through(/node:net/)).toBe(false)
})

test('without code of the user’s there is no line', async () => {
  const opening = await new Promise<Opening>(resolve => {
    setImmediate(native, resolve)
  })
  expect(opening.at()).toBeNull()
  expect(opening.hasUser()).toBe(false)
})

/** Called by Node, with nothing of this file above it. */
function native(done: (opening: Opening) => void): void {
  done(takeOpening(native, clock))
}

test('a program may have its own stacks, or none', () => {
  Reflect.set(Error, 'prepareStackTrace', () => 'no stack')
  const strange = open()
  expect(strange.at()).toBeNull()
  Reflect.set(Error, 'prepareStackTrace', undefined)
  const plain = open()
  expect(plain.at()?.file).toBe(HERE)
  expect(Reflect.get(Error, 'prepareStackTrace')).toBeUndefined()
})
