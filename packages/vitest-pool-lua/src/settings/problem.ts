/** One thing wrong in the settings. Checks collect them, so that all are told at once. */
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

/** A value as a user would write it, at most 60 characters. */
function show(value: unknown): string {
  if (typeof value === 'function') return value.name ? `the function ${value.name}` : 'a function'
  const text = typeof value === 'string' || isPlain(value) ? JSON.stringify(value) : String(value)
  return text.length > 60 ? `${text.slice(0, 57)}...` : text
}

function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (Array.isArray(value) || value.constructor === Object)
}
