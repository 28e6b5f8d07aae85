/** What a command is: how many arguments it takes, and what it does to the keys. */
import type { Reply } from '../redis-reply.ts'
import type { Keyspace } from './keyspace.ts'

export interface Command {
  /** Counted with the command's own name; negative means "at least", as in Redis. */
  readonly arity: number
  readonly run: (keys: Keyspace, ...args: string[]) => Reply
}

export type Commands = Readonly<Record<string, Command>>

export function command(arity: number, run: Command['run']): Command {
  return { arity, run }
}

export function pairs(flat: readonly string[]): [string, string][] {
  return Array.from({ length: flat.length / 2 }, (_, at) => [flat[at * 2] ?? '', flat[at * 2 + 1] ?? ''])
}

/** Indices as Redis takes them: negative from the end, both ends included. */
export function slice<T>(items: readonly T[], start: number, stop: number): T[] {
  const from = start < 0 ? Math.max(0, items.length + start) : start
  const to = stop < 0 ? items.length + stop : stop
  return to < from ? [] : items.slice(from, to + 1)
}
