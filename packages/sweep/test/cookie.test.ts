import { expect, test } from 'vitest'
import { holdsCookie } from '../src/cookie.ts'

const cookie = { name: 'RUN', value: 'a' }

test.each(['RUN=a\0', 'X=1\0RUN=a\0', 'RUN=a', 'RUN=b\0RUN=a\0Y=2\0'])('%j holds the cookie', environ => {
  expect(holdsCookie(environ, cookie)).toBe(true)
})

test.each(['', 'RUN=ab\0', 'OUTRUN=a\0', 'RUN=\0', 'X=RUN=a\0', 'X=1 RUN=a\0'])(
  '%j does not hold the cookie',
  environ => {
    expect(holdsCookie(environ, cookie)).toBe(false)
  },
)
