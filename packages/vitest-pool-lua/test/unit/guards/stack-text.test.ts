import { afterEach, expect, test } from 'vitest'
import { callerPlace } from '../../../src/guards/place.ts'
import { keepStackFormat, stackBelow } from '../../../src/guards/stack-text.ts'
import { userFrames } from '../../../src/guards/user-frames.ts'

const { stackTraceLimit } = Error
const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace')
afterEach(() => {
  Object.assign(Error, { stackTraceLimit, prepareStackTrace })
})

const here = expect.stringContaining('stack-text.test.ts') as string

test.each([
  ['gives frames', (_: Error, frames: NodeJS.CallSite[]) => frames],
  ['gives nothing', () => undefined],
  [
    'throws',
    () => {
      throw new Error('of the program')
    },
  ],
])("a program's Error.prepareStackTrace that %s changes no place, and stays", (_, theirs) => {
  keepStackFormat()
  Error.prepareStackTrace = theirs
  const place = callerPlace()
  const { stack } = userFrames(() => {})
  expect(Reflect.get(Error, 'prepareStackTrace')).toBe(theirs)
  Reflect.set(Error, 'prepareStackTrace', prepareStackTrace)
  expect(place?.file).toEqual(here)
  expect(stack).not.toContain('of the program')
})

test('a stack is as deep as was asked for, whatever the program has set', () => {
  const deep = (calls: number): string => (calls === 0 ? stackBelow(stackBelow, 40) : deep(calls - 1))
  Error.stackTraceLimit = 0
  const stack = deep(20)
  expect(Error.stackTraceLimit).toBe(0)
  expect(stack.match(/at deep/g)).toHaveLength(21)
})
