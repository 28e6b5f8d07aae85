/**
 * Engines: whatever is long-lived and must be disposed. Lua states are tracked
 * unasked; anything else by `engine(value)`. What is still open when the file
 * ends is disposed, last opened first, each within a limit, and named.
 */
import { within } from './clock.ts'
import type { Discovery, Place, TestName } from '../protocol/finding.ts'
import type { Guard } from './guard.ts'
import { guardFailed } from './guard.ts'
import type { Disposer } from './disposers.ts'

/** ms that one engine may take to be disposed: what a socket's orderly end needs, ten times over. */
const DISPOSE_LIMIT = 5_000

export interface OpenEngine {
  readonly name: string
  /** Two engines of one key in a file do the same work twice. */
  readonly key: string | null
  readonly at: Place | null
  readonly test: TestName | null
  isOpen(): boolean
  dispose(): unknown
}

export interface EngineCounts {
  readonly opened: number
  readonly disposed: number
  readonly left: number
}

export interface EnginesGuard extends Guard {
  track(engine: OpenEngine): void
  counts(): EngineCounts
}

export interface EnginesGuardOptions {
  /** The project's own disposers: called after everything tracked. */
  readonly disposers?: readonly Disposer[]
  /** ms; default 5,000. */
  readonly limit?: number
  /** What ends when this guard closes. Default 'file'. */
  readonly span?: 'file' | 'run'
}

export function enginesGuard({
  disposers = [],
  limit = DISPOSE_LIMIT,
  span = 'file',
}: EnginesGuardOptions = {}): EnginesGuard {
  const engines: OpenEngine[] = []
  const duplicates: Discovery[] = []
  let left = 0
  return {
    name: 'engines',
    track(engine) {
      const twin = engines.find(other => engine.key !== null && other.key === engine.key && other.isOpen())
      if (twin !== undefined) duplicates.push(duplicated(engine, twin))
      engines.push(engine)
    },
    counts: () => ({ opened: engines.length, disposed: engines.length - left, left }),
    async close() {
      const discoveries = duplicates.splice(0)
      for (const engine of engines.toReversed()) {
        if (!engine.isOpen()) continue
        const end = await disposeWithin(limit, () => engine.dispose())
        if (end.outcome !== 'disposed') left += 1
        discoveries.push(leftOpen(engine, end, ending(end, limit, span)))
      }
      for (const disposer of disposers) discoveries.push(...(await callDisposer(disposer, limit)))
      return discoveries
    },
  }
}

type Outcome =
  | { readonly outcome: 'disposed' }
  | { readonly outcome: 'timed-out' }
  | { readonly outcome: 'failed'; readonly cause: unknown }

/** Never throws and never waits longer than the limit. */
function disposeWithin(limit: number, dispose: () => unknown): Promise<Outcome> {
  const disposed = async (): Promise<Outcome> => {
    try {
      await dispose()
      return { outcome: 'disposed' }
    } catch (cause) {
      return { outcome: 'failed', cause }
    }
  }
  return within<Outcome>(limit, disposed(), { outcome: 'timed-out' })
}

function leftOpen({ name, at, test }: OpenEngine, end: Outcome, words: string): Discovery {
  const text = `${name} was left open and ${words}`
  return { kind: 'engine-left-open', engine: name, outcome: end.outcome, test, at, text }
}

function duplicated(engine: OpenEngine, first: OpenEngine): Discovery {
  const { name, key, test, at } = engine
  const text = `${name} was opened for the key "${key}" while ${first.name} was still open for it`
  return { kind: 'engine-duplicated', engine: name, key: key ?? '', first: first.at, test, at, text }
}

function ending(end: Outcome, limit: number, span: string): string {
  switch (end.outcome) {
    case 'disposed':
      return `was disposed when the ${span} ended`
    case 'timed-out':
      return `could not be disposed within ${limit} ms`
    case 'failed':
      return `could not be disposed: ${String(end.cause)}`
  }
}

async function callDisposer({ name, dispose }: Disposer, limit: number): Promise<Discovery[]> {
  const end = await disposeWithin(limit, dispose)
  switch (end.outcome) {
    case 'disposed':
      return []
    case 'timed-out':
      return [guardFailed(`engines: ${name}`, `it did not end within ${limit} ms`)]
    case 'failed':
      return [guardFailed(`engines: ${name}`, end.cause)]
  }
}
