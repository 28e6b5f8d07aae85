/** What this pool says of a test, in the test's `meta.lua`. */
export interface TestMeta {
  /** It ran in a fresh state, after a worker of its file had died. */
  readonly resumed?: true
  /** It could not be run any more. */
  readonly lost?: true
}

export function testMetaOf(meta: object): TestMeta {
  return (meta as { lua?: TestMeta }).lua ?? {}
}

export function withTestMeta(meta: object, ours: TestMeta): object {
  return { ...meta, lua: { ...testMetaOf(meta), ...ours } }
}
