/**
 * The calls of child_process that wait for what they start: what that leaves behind is known by a label in its
 * environment, and no call takes longer than `processes.timeout`.
 *
 *     const close = watchSyncCalls({ label: () => 's1', limit: () => 120_000, over: call => ... })
 */
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import { FILE_COOKIE, SPAWN_LABEL } from '../../protocol/message.ts'
import type { OverdueCall } from '../../protocol/stray.ts'
import { now } from '../clock.ts'
import { wrapFunction } from '../wrap-function.ts'

export interface SyncCallOptions {
  /** Hears of a call in the context of its caller, and gives its label. */
  label(this: void): string
  /** ms; null for none. */
  limit(this: void): number | null
  over(this: void, call: OverdueCall): void
}

const CALLS = ['execSync', 'execFileSync', 'spawnSync'] as const

/** @returns puts the functions back */
export function watchSyncCalls(options: SyncCallOptions): () => void {
  const putBack = CALLS.map(name =>
    wrapFunction(childProcess, name, (run, args) => {
      const [label, limit] = [options.label(), options.limit()]
      const began = now()
      const given = withOptions(args, own => ({ ...own, ...labelled(own, label), ...limited(own, limit) }))
      return watched(
        () => run(given),
        ({ pid = null, code }) => {
          const took = now() - began
          if (limit === null || took < limit || code !== 'ETIMEDOUT') return
          options.over({ label, took, pid, command: commandOf(args) })
        },
      )
    }),
  )
  // Who has imported one of these by its name sees the new one, and later the old one again.
  syncBuiltinESMExports()
  return () => {
    for (const back of putBack) back()
    syncBuiltinESMExports()
  }
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
  readonly env?: NodeJS.ProcessEnv
  readonly timeout?: number
  readonly killSignal?: string
}

/** `(command, args?, options?)` */
function withOptions(args: readonly unknown[], change: (options: Options) => Options): readonly unknown[] {
  const at = args.findIndex((arg, index) => index > 0 && isOptions(arg))
  if (at !== -1) return args.with(at, change(args[at] as Options))
  return [...args.filter((arg, index) => index === 0 || Array.isArray(arg)), change({})]
}

function isOptions(arg: unknown): boolean {
  return typeof arg === 'object' && arg !== null && !Array.isArray(arg)
}

/** What is given an environment of its own has that and no more. */
function labelled({ env = process.env }: Options, label: string): Options {
  return env[FILE_COOKIE] === undefined ? {} : { env: { ...env, [SPAWN_LABEL]: label } }
}

/** The caller's own timeout counts where it is shorter. */
function limited({ timeout = 0 }: Options, limit: number | null): Options {
  if (limit === null || (timeout > 0 && timeout <= limit)) return {}
  return { timeout: limit, killSignal: 'SIGKILL' }
}

function commandOf([file, args]: readonly unknown[]): string {
  return [file, ...(Array.isArray(args) ? (args as unknown[]) : [])].join(' ')
}
