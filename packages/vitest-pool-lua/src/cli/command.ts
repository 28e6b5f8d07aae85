/** What the command line asks for. */
import { parseArgs } from 'node:util'

export type Command =
  | { readonly kind: 'sweep'; readonly dryRun: boolean }
  | { readonly kind: 'help' }
  /** Asked for something that there is not. */
  | { readonly kind: 'refused'; readonly says: string }

export const HELP = `vitest-pool-lua sweep [--dry-run]

Ends what earlier runs have left on this machine: processes that tests had started, workers, and folders of journals
in the temporary directory. A run that goes on is not touched. What is found is listed before anything is ended.

  --dry-run   only lists it
  --help      shows this

What has VITEST_POOL_LUA_KEEP=1 in its environment is listed, and stays.

Exit codes: 0 nothing is left that would be ended, 1 something is, 2 wrong use.`

export function commandOf(args: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    if (values.help || (positionals.length === 0 && args.length === 0)) return { kind: 'help' }
    if (positionals.join(' ') === 'sweep') return { kind: 'sweep', dryRun: values['dry-run'] }
    return {
      kind: 'refused',
      says: `there is no command '${positionals.join(' ')}': the one there is is 'sweep'`,
    }
  } catch (error) {
    return { kind: 'refused', says: error instanceof Error ? error.message : String(error) }
  }
}
