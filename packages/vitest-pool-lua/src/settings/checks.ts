/**
 * Checks of single values. Each gives the value when it is right; otherwise it
 * adds a problem and gives undefined, so that the next check still runs.
 */
import { existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Problems } from './problem.ts'

type Bag = Record<string, unknown>

export interface Fields {
  /** What this version serves. */
  readonly known: readonly string[]
  /** What the design names and this version refuses. */
  readonly later?: readonly string[]
}

/** A plain object without names that nobody knows. */
export function bag(value: unknown, at: string, fields: Fields, problems: Problems): Bag {
  if (value === undefined) return {}
  if (!isPlain(value)) {
    problems.wrong(at || 'lua(...)', value, 'a plain object')
    return {}
  }
  for (const [name, given] of Object.entries(value)) {
    if (given !== undefined) checkName(at === '' ? name : `${at}.${name}`, name, fields, problems)
  }
  return value
}

/** A promise, a Map or an instance would look like an object without settings. */
function isPlain(value: unknown): value is Bag {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function checkName(at: string, name: string, { known, later = [] }: Fields, problems: Problems): void {
  if (known.includes(name)) return
  if (later.includes(name)) problems.notYet(at, 'Leave it out for now')
  else problems.add(at, `no such setting; there are ${known.join(', ')}`)
}

/** One of a few words. `later` are words that a coming version will allow. */
export function oneOf<Word extends string>(
  value: unknown,
  at: string,
  words: readonly Word[],
  problems: Problems,
  later: readonly string[] = [],
): Word | undefined {
  if (value === undefined) return undefined
  if (words.includes(value as Word)) return value as Word
  const allowed = words.map(word => `'${word}'`).join(' or ')
  if (later.includes(value as string)) return problems.notYet(at, `Allowed is ${allowed}`)
  return problems.wrong(at, value, allowed)
}

/** A finite number of milliseconds, at least `least`. */
export function milliseconds(
  value: unknown,
  at: string,
  least: number,
  problems: Problems,
): number | undefined {
  if (value === undefined || isDuration(value, least)) return value
  return problems.wrong(at, value, `a number of milliseconds, ${least} or more`)
}

/** The same where Infinity is none: null, because settings travel as JSON, which has no word for it. */
export function millisecondsOrNone(
  value: unknown,
  at: string,
  problems: Problems,
): number | null | undefined {
  if (value === Infinity) return null
  if (value === undefined || isDuration(value, 0)) return value
  return problems.wrong(at, value, 'a number of milliseconds, 0 or more, or Infinity')
}

function isDuration(value: unknown, least: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= least
}

/** 0 or more. */
export function wholeNumber(value: unknown, at: string, problems: Problems): number | undefined {
  if (value === undefined || (isDuration(value, 0) && Number.isInteger(value))) return value
  return problems.wrong(at, value, 'a whole number, 0 or more')
}

export function text(value: unknown, at: string, what: string, problems: Problems): string | undefined {
  if (value === undefined) return undefined
  if (typeof value === 'string' && value !== '') return value
  return problems.wrong(at, value, what)
}

/** The same for a text that must be there. */
export function requiredText(
  value: unknown,
  at: string,
  what: string,
  problems: Problems,
): string | undefined {
  if (value !== undefined) return text(value, at, what, problems)
  problems.add(at, `is missing; it says ${what}`)
  return undefined
}

export function list(value: unknown, at: string, of: string, problems: Problems): readonly unknown[] {
  if (value === undefined) return []
  if (Array.isArray(value)) return value
  problems.wrong(at, value, `an array of ${of}`)
  return []
}

/** The path of a file that exists, made absolute from the project's root. */
export function file(
  value: unknown,
  at: string,
  what: string,
  root: string,
  problems: Problems,
): string | undefined {
  const given = text(value, at, `the path of ${what}`, problems)
  if (given === undefined) return undefined
  const path = resolve(root, given)
  if (existsSync(path) && statSync(path).isFile()) return path
  problems.add(at, `"${given}" is not a file. Paths are relative to the project's root, ${root}`)
  return undefined
}

/** Patterns for `require`, made absolute from the project's root. */
export function patterns(
  value: unknown,
  at: string,
  example: string,
  root: string,
  problems: Problems,
): readonly string[] | undefined {
  if (value === undefined) return undefined
  return list(value, at, `patterns like '${example}'`, problems).flatMap((one, index) => {
    const pattern = text(one, `${at}[${index}]`, `a pattern like '${example}'`, problems)
    if (pattern === undefined) return []
    if (!pattern.includes('?')) {
      problems.wrong(`${at}[${index}]`, pattern, "a pattern with a '?' for the module's name")
    }
    return [resolve(root, pattern)]
  })
}

/** What names a file, and neither a package nor a word. */
export function isPath(given: string): boolean {
  return /^[./]|^[A-Za-z]:/.test(given)
}
