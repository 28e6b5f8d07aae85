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
import { groupOfThis } from './group.ts'
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
  /** Default: the one that this process leads, where it is the root. */
  readonly groups?: readonly ProcessGroup[]
  /** Whose descendants are watched (default: this process's). */
  readonly root?: number | ProcessIdentity
  /** A variable whose value in each process's environment is told with it: see `recordSpawnSites`. */
  readonly label?: string
}

export type SeenProcess = RunningProcess

export interface ProcessWatch {
  readonly tier: Tier
  /** The processes that live, belong here and were not in an earlier look, parents first. After `close` none. */
  look(): readonly SeenProcess[]
  close(): void
}

export function watchProcesses(options: WatchOptions = {}): ProcessWatch {
  const { root = process.pid, ...marks } = options
  checkTarget({ ...marks, roots: [root] })
  const tier = bestTier()
  let open = tier === 'proc'
  const close = (): void => {
    open = false
  }
  if (!open) return { tier, look: () => [], close }
  // Later, it would be another process that has the pid of the root by then.
  const identity = root === process.pid || typeof root !== 'number' ? root : (identityOf(root) ?? root)
  let search: Search | undefined
  const cursor = openPidCursor()
  let seen = new Map<number, number>()

  const look = (): readonly SeenProcess[] => {
    if (!open || cursor.isQuiet()) return []
    if (search === undefined && root === process.pid && !hasForked()) return []
    search ??= openSearch({ ...marks, root: identity })
    const members = search.glance()
    const fresh = members.filter(member => seen.get(member.pid) !== member.startTime)
    seen = new Map(members.map(({ pid, startTime }) => [pid, startTime]))
    return fresh.map(toRunning)
  }
  return { tier, look, close }
}

type Search = ReturnType<typeof openSearch>

function openSearch({ root, label, ...marks }: WatchOptions & Required<Pick<WatchOptions, 'root'>>) {
  const { startTime: since = 0 } = (typeof root === 'number' ? identityOf(root) : root) ?? {}
  const own = root === process.pid ? groupOfThis() : undefined
  const target = { ...(own && { groups: [own] }), ...marks, roots: [root] }
  return openProcFinder({ universe: target, since, label }).search(target)
}
