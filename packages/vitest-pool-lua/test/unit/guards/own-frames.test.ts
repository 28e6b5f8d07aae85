import { afterEach, expect, test } from 'vitest'
import { withoutOwnFrames } from '../../../src/guards/own-frames.ts'
import { wrapFunction } from '../../../src/guards/wrap-function.ts'

const { stackTraceLimit } = Error
const prepareStackTrace: unknown = Reflect.get(Error, 'prepareStackTrace')
afterEach(() => {
  Object.assign(Error, { stackTraceLimit, prepareStackTrace })
})

/** A function that its caller reaches through frames of ours. */
function wrapped(call: () => unknown): () => unknown {
  const tool = { call }
  wrapFunction(tool, 'call', run => withoutOwnFrames(run))
  return () => tool.call()
}

function caller(call: () => unknown): unknown {
  try {
    return call()
  } catch (error) {
    return error
  }
}

test('an error that is thrown shows its caller, however few frames stacks have, and nothing of ours', () => {
  Error.stackTraceLimit = 3
  const error = caller(
    wrapped(() => {
      throw new Error('broken')
    }),
  ) as Error
  expect(error.stack).toMatch(/^Error: broken\n/)
  expect(error.stack).toContain('at caller')
  expect(error.stack).not.toMatch(/(?:own-frames|wrap-function)\.ts/)
  expect(Error.stackTraceLimit).toBe(3)
})

test('so does one that is given as error of a result', () => {
  Error.stackTraceLimit = 3
  const { error } = caller(wrapped(() => ({ error: new Error('broken') }))) as { readonly error: Error }
  expect(error.stack).toContain('at caller')
  expect(error.stack).not.toMatch(/(?:own-frames|wrap-function)\.ts/)
})

test('who wants no stacks gets none', () => {
  Error.stackTraceLimit = 0
  const { error } = caller(wrapped(() => ({ error: new Error('broken') }))) as { readonly error: Error }
  expect(error.stack).toBe('Error: broken')
})

test("a program's own Error.prepareStackTrace, and what is thrown that is no error, stay as they are", () => {
  const frames = ['one', 'two']
  Error.prepareStackTrace = () => frames
  const error = caller(
    wrapped(() => {
      throw new Error('broken')
    }),
  )
  expect(error).toHaveProperty('stack', frames)
  Error.prepareStackTrace = () => {
    throw new Error('of the program')
  }
  expect(caller(wrapped(() => ({ error: new TypeError('broken') })))).toHaveProperty('error')
  Reflect.set(Error, 'prepareStackTrace', prepareStackTrace)
  expect(
    caller(
      wrapped(() => {
        throw 'text'
      }),
    ),
  ).toBe('text')
})
