/**
 * The cheap look after each test: which processes are new, so that they can be attributed to it.
 *
 *     const watch = watchProcesses({ cookie, root: process.pid })
 *     watch.look() // what runs already
 *     // ... a test runs ...
 *     for (const { pid, command } of watch.look()) ... // that test started these
 *
 * Nothing that is older than the root is seen, and nothing at all as long as the root, if it is this process, has never
 * started another: then a look costs 0.06 ms, whatever else the machine does. Only the tier `proc` can look without
 * waiting: elsewhere a look is always empty.
 */
import type { Brand } from './brand.ts'
import type { Cookie } from './cookie.ts'
import { hasForked } from './find/has-forked.ts'
import { openProcFinder } from './find/linux.ts'
import { openPidCursor } from './find/pid-cursor.ts'
import { bestTier } from './find/platform.ts'
import { identityOf } from './identity.ts'
import {
  type ProcessGroup,
  type ProcessIdentity,
  type RunningProcess,
  type Tier,
  toRunning,
} from './process.ts'
import { checkTarget } from './target.ts'

/** The marks are those of what the root starts: nobody else passes them on. */
export interface WatchOptions {
  readonly cookie?: Cookie
  readonly brand?: Brand
  readonly groups?: readonly ProcessGroup[]
  /** Whose descendants are watched (default: this process's). */
  readonly root?: number | ProcessIdentity
  /** A variable whose value in each process's environment is told with it: see `recordSpawnSites`. */
  readonly label?: string
}

export type SeenProcess = RunningProcess

export interface ProcessWatch {
  readonly tier: Tier
  /** The processes that live, belong here and were not in an earlier look. After `close` none. */
  look(): readonly SeenProcess[]
  close(): void
}

export function watchProcesses(options: WatchOptions = {}): ProcessWatch {
  const { root = process.pid, label, ...marks } = options
  const target = { ...marks, roots: [root] }
  checkTarget(target)
  const tier = bestTier()
  let open = tier === 'proc'
  const close = (): void => {
    open = false
  }
  if (!open) return { tier, look: () => [], close }
  const { startTime: since = 0 } = (typeof root === 'number' ? identityOf(root) : root) ?? {}
  const openSearch = () => openProcFinder({ universe: target, since, label }).search(target)
  let search: ReturnType<typeof openSearch> | undefined
  const cursor = openPidCursor()
  let seen = new Map<number, number>()

  const look = (): readonly SeenProcess[] => {
    if (!open || cursor.isQuiet()) return []
    if (search === undefined && root === process.pid && !hasForked()) return []
    search ??= openSearch()
    const members = search.rescan()
    const fresh = members.filter(member => seen.get(member.pid) !== member.startTime)
    seen = new Map(members.map(({ pid, startTime }) => [pid, startTime]))
    return fresh.map(toRunning)
  }
  return { tier, look, close }
}
