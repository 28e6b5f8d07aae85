/**
 * The calls of child_process that wait for what they start: what that leaves behind is known by a label in its
 * environment, and no call takes longer than `processes.timeout`.
 *
 *     const close = watchSyncCalls({ label: () => 's1', limit: () => 120_000, over: call => ... })
 */
import childProcess from 'node:child_process'
import { FILE_COOKIE, SPAWN_LABEL } from '../../protocol/message.ts'
import type { OverdueCall } from '../../protocol/stray.ts'
import { now } from '../clock.ts'
import { withoutOwnFrames } from '../own-frames.ts'
import { replacingBuiltins } from '../replacing-builtins.ts'
import { wrapFunction } from '../wrap-function.ts'

export interface SyncCallOptions {
  /** Hears of a call in the context of its caller, and gives its label. */
  label(this: void): string
  /** ms; null for none. */
  limit(this: void): number | null
  over(this: void, call: OverdueCall): void
}

const CALLS = ['execSync', 'execFileSync', 'spawnSync'] as const

type Call = (typeof CALLS)[number]

/** @returns puts the functions back */
export function watchSyncCalls(options: SyncCallOptions): () => void {
  const putBack = replacingBuiltins(() => CALLS.map(name => replaceCall(name, options)))
  return () => {
    for (const back of putBack) back()
  }
}

function replaceCall(name: Call, { label: labelOf, limit: limitOf, over }: SyncCallOptions): () => void {
  return wrapFunction(childProcess, name, (run, args) => {
    const [label, limit] = [labelOf(), limitOf()]
    const began = now()
    let isOurs = false
    const given = withOptions(name, args, own => {
      const options = labelled(own, label)
      if (limit === null || !isOverruled(own, limit)) return options
      isOurs = true
      return { ...options, timeout: Math.ceil(limit), killSignal: own.killSignal ?? 'SIGKILL' }
    })
    return watched(
      () => withoutOwnFrames(() => run(given)),
      ({ pid = null, code }) => {
        if (!isOurs || code !== 'ETIMEDOUT') return
        over({ label, pid, command: commandOf(args), took: now() - began })
      },
    )
  })
}

interface Outcome {
  readonly pid?: number | undefined
  readonly code?: unknown
}

/** `spawnSync` gives its error, with the pid beside it; the others throw it, with the pid on it. */
function watched(run: () => unknown, ended: (outcome: Outcome) => void): unknown {
  try {
    const result = run()
    const { pid, error } = (result ?? {}) as { readonly pid?: number; readonly error?: Outcome }
    ended({ pid, code: error?.code })
    return result
  } catch (error) {
    ended((error as Outcome | undefined) ?? {})
    throw error
  }
}

interface Options {
  readonly env?: NodeJS.ProcessEnv | null
  readonly timeout?: unknown
  readonly killSignal?: unknown
}

/** What Node refuses is passed on as it is: the error is Node's own. */
function withOptions(
  name: Call,
  args: readonly unknown[],
  change: (options: Options) => Options,
): readonly unknown[] {
  const at = placeOfOptions(name, args)
  const given = args[at]
  const canBeOptions =
    given === undefined || (typeof given === 'object' && given !== null && !Array.isArray(given))
  if (!canBeOptions) return args
  const before = Array.from({ length: at }, (_, index) => args[index])
  // One copy, as Node makes one: a getter is asked once.
  return [...before, change({ ...given }), ...args.slice(at + 1)]
}

/** `execSync(command, options?)`; the others `(file, args?, options?)`. */
function placeOfOptions(name: Call, [, second]: readonly unknown[]): 1 | 2 {
  const isList = second === undefined || second === null || Array.isArray(second)
  return name !== 'execSync' && isList ? 2 : 1
}

/** What is given an environment of its own has that and no more. Node passes on what an environment inherits, too. */
function labelled(options: Options, label: string): Options {
  const env = options.env ?? process.env
  if (env[FILE_COOKIE] === undefined) return options
  const inherited: unknown = Object.getPrototypeOf(env)
  return { ...options, env: { __proto__: inherited, ...env, [SPAWN_LABEL]: label } as NodeJS.ProcessEnv }
}

/** A shorter timeout of the caller's counts, and one that Node refuses is refused. */
function isOverruled({ timeout }: Options, limit: number): boolean {
  const isNone = timeout === undefined || timeout === null || timeout === 0
  return isNone || (Number.isInteger(timeout) && Number(timeout) > limit)
}

function commandOf([file, args]: readonly unknown[]): string {
  return [file, ...(Array.isArray(args) ? (args as unknown[]) : [])].join(' ')
}
