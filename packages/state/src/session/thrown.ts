/**
 * Errors of the JS engine that mean something in Lua's own words: its stack or its memory is used up. They
 * become Lua's usual strings; whatever else a callback throws keeps its identity.
 */

import { types } from 'node:util'

/** Lua's message for the error, or undefined. */
export function thrownText(thrown: unknown): string | undefined {
  if (!types.isNativeError(thrown) || thrown.name !== 'RangeError') return undefined
  if (thrown.message === 'Maximum call stack size exceeded') return 'stack overflow'
  return /^(Invalid (typed )?array length|Array buffer allocation failed|Invalid string length)/.test(
    thrown.message,
  )
    ? 'not enough memory'
    : undefined
}
