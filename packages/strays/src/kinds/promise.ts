/**
 * What a tier promises of a kind of stray. `proc` with brands promises all. `tree` sees who descends from the worker
 * while that lives, and who is in its process group, also when it is dead: docs/nothing-left.md.
 */
import type { KindCell } from './measure.ts'

type Promised = 'always' | 'while the worker lives' | 'never'

const TREE: Readonly<Record<string, Promised>> = {
  child: 'always',
  grandchild: 'always',
  'child in a session of its own': 'while the worker lives',
  orphan: 'always',
  'child with a cleared environment': 'always',
  'orphan with a cleared environment': 'always',
  'child that ignores SIGTERM': 'always',
  'stopped child': 'always',
}

export function isPromised({ kind, worker, tier }: Pick<KindCell, 'kind' | 'worker' | 'tier'>): boolean {
  if (tier !== 'tree' || kind === 'nothing') return true
  const promised = TREE[kind] ?? 'never'
  return promised === 'always' || (promised === 'while the worker lives' && worker === 'alive')
}
