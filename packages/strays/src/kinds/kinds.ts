/** The kinds of stray, by the names under which fixtures/kinds/kinds.ts starts them. */
export const KINDS: readonly string[] = [
  'child',
  'grandchild',
  'child in a session of its own',
  'orphan',
  'daemon',
  'child with a cleared environment',
  'orphan with a cleared environment',
  'daemon with a cleared environment',
  'daemon with an overwritten environment',
  'child that ignores SIGTERM',
  'stopped child',
  'pid hopper',
  'daemon that holds the output',
]
