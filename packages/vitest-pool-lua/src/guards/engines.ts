/**
 * Engines: whatever is long-lived and must be disposed. Most are tracked
 * unasked (engines/track.ts), anything else by `engine(value)`. What is still
 * open when the file ends is disposed, last opened first, each within a limit,
 * and named. Handles (a socket, a watcher) are disposed in the same order, but
 * not counted as engines.
 */
import { within } from './clock.ts'
import type { Discovery, Place, TestName } from '../protocol/finding.ts'
import type { Guard } from './guard.ts'
import { guardFailed } from './guard.ts'
import type { Disposer } from './disposers.ts'

/** ms that one engine may take to be disposed: what a socket's orderly end needs, ten times over. */
const DISPOSE_LIMIT = 5_000
/** ms that a thread may take to end when its work is done: ten times what it takes. */
const ENDING = 100

export interface OpenEngine {
  readonly name: string
  /** Two engines of one key in a file do the same work twice. */
  readonly key: string | null
  /** Keys of different groups are different things. */
  readonly group?: string
  /** One test that opens two of one key needs two. */
  readonly sideBySide?: boolean
  /** By now it is known that it does something else than others of its key. */
  isApart?(): boolean
  readonly at: Place | null
  readonly test: TestName | null
  /** What it is: the same thing is tracked once. */
  readonly value?: unknown
  /** Nobody said engine(): whoever does knows better. */
  readonly unasked?: true
  /** Whoever said engine() has said how to end it. */
  readonly ownEnd?: boolean
  /** Whose finding it is. Default an engine's. */
  readonly found?: 'engine' | 'handle'
  /** Nobody waits for what it does: its end breaks nothing. */
  readonly awaited?: false
  isOpen(): boolean
  /** Resolves when it has ended by itself; only what may be about to has it. */
  ended?(): Promise<unknown> | undefined
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
  /** The project's own disposers: called first, so that what they end is no finding. */
  readonly disposers?: readonly Disposer[]
  /** ms; default 5,000. */
  readonly limit?: number
  /** ms for what may be about to end by itself; default 100. */
  readonly ending?: number
  /** What ends when this guard closes. Default 'file'. */
  readonly span?: 'file' | 'run'
}

export function enginesGuard({
  disposers = [],
  limit = DISPOSE_LIMIT,
  ending = ENDING,
  span = 'file',
}: EnginesGuardOptions = {}): EnginesGuard {
  const engines: OpenEngine[] = []
  const places = new WeakMap<object, number>()
  const twins: Twins[] = []
  let left = 0
  const countable = (): number => engines.filter(({ found }) => found !== 'handle').length
  return {
    name: 'engines',
    track(engine) {
      const known = placeOf(engine.value, places)
      const before = known === undefined ? undefined : engines[known]
      const tracked = before === undefined ? engine : asSaid(before, engine)
      if (tracked === before) return
      const twin = twinOf(tracked, known, engines)
      if (twin !== undefined) twins.push([tracked, twin])
      const place = known ?? engines.length
      engines[place] = tracked
      if (isObject(engine.value)) places.set(engine.value, place)
    },
    counts: () => ({ opened: countable(), disposed: countable() - left, left }),
    holds: () => engines.some(engine => engine.awaited !== false && engine.isOpen()),
    async close() {
      const discoveries = alike(twins.splice(0).filter(areDuplicates)).map(duplicated)
      for (const disposer of disposers) discoveries.push(...(await callDisposer(disposer, limit)))
      if (engines.length > 0) await within(ending, haveEnded(engines), undefined)
      for (const engine of engines.toReversed()) {
        if (!engine.isOpen()) continue
        // Many know their name and address only as long as they are open.
        const { name } = engine
        const end = await disposeWithin(limit, () => engine.dispose())
        if (end.outcome !== 'disposed' && engine.found !== 'handle') left += 1
        discoveries.push(leftOpen(engine, name, end, outcomeText(end, limit, span)))
      }
      return discoveries
    },
  }
}

/**
 * What is known already is told of again: by engine(), which knows what it is called, or unasked, which knows how
 * its kind is ended, also while it is busy.
 */
function asSaid(known: OpenEngine, engine: OpenEngine): OpenEngine {
  if (known.unasked === engine.unasked) return engine.unasked === true ? known : engine
  const [said, unasked] = engine.unasked === true ? [known, engine] : [engine, known]
  if (said.ownEnd === true) return said
  return { ...said, dispose: () => unasked.dispose() }
}

/** What ends by itself was not left open. */
async function haveEnded(engines: readonly OpenEngine[]): Promise<void> {
  await Promise.all(engines.flatMap(engine => (engine.isOpen() ? (engine.ended?.() ?? []) : [])))
}

/** Some packages hand out objects whose prototype is the thing itself. */
function placeOf(value: unknown, places: WeakMap<object, number>): number | undefined {
  if (!isObject(value)) return undefined
  return places.get(value) ?? places.get(Object(Object.getPrototypeOf(value)) as object)
}

/** Most have no key, and a file may open thousands. */
function twinOf(
  engine: OpenEngine,
  known: number | undefined,
  engines: readonly OpenEngine[],
): OpenEngine | undefined {
  if (engine.key === null) return undefined
  return engines.find((other, index) => index !== known && isTwin(other, engine))
}

function isTwin(other: OpenEngine, { key, group, sideBySide, test }: OpenEngine): boolean {
  if (key === null || other.key !== key || other.group !== group || !other.isOpen()) return false
  return sideBySide !== true || test === null || other.test?.id !== test.id
}

function areDuplicates(pair: readonly OpenEngine[]): boolean {
  return !pair.some(engine => engine.isApart?.() === true)
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
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

function leftOpen({ found, at, test }: OpenEngine, name: string, end: Outcome, words: string): Discovery {
  const text = `${name} was left open and ${words}`
  if (found === 'handle')
    return { kind: 'handle-left-open', handle: name, outcome: end.outcome, test, at, text }
  return { kind: 'engine-left-open', engine: name, outcome: end.outcome, test, at, text }
}

type Twins = readonly [engine: OpenEngine, first: OpenEngine]

/** Those that one line opens again and again within one test are one finding. */
function alike(twins: readonly Twins[]): Twins[][] {
  const lines = twins.map(pair => [pair[0].key, pair[0].test?.id, ...pair.map(({ name, at }) => [name, at])])
  return [...Map.groupBy(twins, (_, index) => JSON.stringify(lines[index])).values()]
}

function duplicated(twins: readonly Twins[]): Discovery {
  const [engine, first] = twins[0] as Twins
  const { name, key, test, at } = engine
  const times = twins.length === 1 ? '' : ` ${twins.length} times`
  const saysAll = name === first.name && name.includes(key ?? '')
  const text = saysAll
    ? `${name} was opened${times} while another one was still open`
    : `${name} was opened${times} for the key "${key}" while ${first.name} was still open for it`
  return { kind: 'engine-duplicated', engine: name, key: key ?? '', first: first.at, test, at, text }
}

function outcomeText(end: Outcome, limit: number, span: string): string {
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
