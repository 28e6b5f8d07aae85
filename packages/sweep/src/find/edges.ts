/** Who is whose parent, on the whole machine: pidtree's list, and the two ways to walk it. */
import type { AdvancedResult } from 'pidtree'
import { SweepError } from '../errors.ts'

/** Runs `ps -A`; on Windows wmic or PowerShell. */
export async function listEdges(): Promise<readonly AdvancedResult[]> {
  // Loaded when it is needed: whoever reads /proc pays nothing for it.
  const { pidtree } = await import('pidtree')
  try {
    return await pidtree(-1, { advanced: true })
  } catch (cause) {
    const message = 'The processes of this machine could not be listed with pidtree: see the cause.'
    throw new SweepError('LUA_SWEEP_LIST_FAILED', message, { cause })
  }
}

export function withDescendants(
  sources: Iterable<number>,
  edges: readonly AdvancedResult[],
): ReadonlySet<number> {
  const children = childrenOf(edges)
  const reached = new Set(sources)
  // A Set's iteration also comes to what is added while it goes on.
  for (const pid of reached) for (const child of children.get(pid) ?? []) reached.add(child)
  return reached
}

export function withAncestors(pid: number, edges: readonly AdvancedResult[]): ReadonlySet<number> {
  const parents = new Map(edges.map(edge => [edge.pid, edge.ppid]))
  const reached = new Set<number>()
  for (let at: number | undefined = pid; at !== undefined && !reached.has(at); at = parents.get(at)) {
    reached.add(at)
  }
  return reached
}

function childrenOf(edges: readonly AdvancedResult[]): ReadonlyMap<number, readonly number[]> {
  const children = new Map<number, number[]>()
  for (const { pid, ppid } of edges) {
    const siblings = children.get(ppid)
    if (siblings) siblings.push(pid)
    else children.set(ppid, [pid])
  }
  return children
}
