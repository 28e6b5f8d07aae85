/** Chooses how processes are found. */
import { SweepError } from '../errors.ts'
import type { Tier } from '../process.ts'
import type { Finder, FinderOptions } from './finder.ts'
import { openProcFinder } from './linux.ts'
import { hasProc } from './proc-files.ts'
import { openTreeFinder } from './tree.ts'

/** The tier that promises most here. */
export function bestTier(): Tier {
  return hasProc() ? 'proc' : 'tree'
}

export function openFinder(tier: Tier, options: FinderOptions): Finder {
  if (tier === 'tree') return openTreeFinder()
  if (!hasProc()) throw noProc()
  return openProcFinder(options)
}

function noProc(): SweepError {
  return new SweepError(
    'LUA_SWEEP_NO_PROC',
    `The tier "proc" reads Linux's /proc, which is not there (platform ${process.platform}). ` +
      'Leave the option "tier" out, or use "tree".',
  )
}
