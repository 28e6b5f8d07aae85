/** One thing wrong in the settings. Checks collect them, so that all are told at once. */
import { inspect } from 'node:util'

export interface Problem {
  /** The setting's path, like 'limits.call'. */
  readonly at: string
  readonly says: string
}

export class Problems {
  readonly list: Problem[] = []

  add(at: string, says: string): void {
    this.list.push({ at, says })
  }

  /** The value was of the wrong type or out of range. */
  wrong(at: string, given: unknown, allowed: string): undefined {
    const next =
      typeof given === 'function'
        ? '. Settings travel to another process, which a function cannot: put it in a module and give its path'
        : ''
    this.add(at, `got ${show(given)}, allowed is ${allowed}${next}`)
    return undefined
  }

  /** The design names it and no code serves it: accepting it would be a promise not kept. */
  notYet(at: string, allowed: string): undefined {
    this.add(at, `not available yet. ${allowed}`)
    return undefined
  }
}

/** A value as a user would write it, on one line of at most 60 characters. */
function show(value: unknown): string {
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function'
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, INSPECT)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

/** Not JSON: a wrong value can be anything, also what JSON has no words for. */
const INSPECT = { depth: 2, breakLength: Infinity } as const
