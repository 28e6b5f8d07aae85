/** From something that has opened to an engine of the file, unless it is a library's own affair. */
import type { TestName } from '../../protocol/finding.ts'
import type { TestClock } from '../current-test.ts'
import type { EnginesGuard, OpenEngine } from '../engines.ts'
import { orElse } from './kind.ts'
import type { EngineKind } from './kind.ts'
import { takeOpening } from './opening.ts'
import type { Below, Opening } from './opening.ts'

export interface Register {
  /** Who is opening something now: see opening.ts. */
  opening(this: void, below: Below, value?: object): Opening
  /** The test that runs now. */
  test(this: void): TestName | null
  /** Never throws: it runs inside of other people's constructors. */
  add(this: void, kind: EngineKind, value: object, opening: Opening): void
}

/** A test may have replaced it. */
const soon = queueMicrotask

export function registerFor(engines: EnginesGuard, clock: TestClock): Register {
  const add = (kind: EngineKind, value: object, opening: Opening): void => {
    if (!isOfUser(kind, opening)) return
    kind.begin?.(value)
    // What is being made knows its own name and address when its constructor is done. And a test that hands it to
    // engine() at once has said better what it is.
    soon(() => engines.track(asEngine(kind, value, opening)))
  }
  return {
    opening: (below, value) => takeOpening(below, clock, value),
    test: () => clock.now()?.name ?? null,
    add(...given) {
      orElse(() => add(...given), undefined)
    },
  }
}

function isOfUser({ needsUser, inner }: EngineKind, opening: Opening): boolean {
  if (opening.isOurs() || (needsUser === true && !opening.hasUser())) return false
  return inner === undefined || !opening.through(inner)
}

function asEngine(kind: EngineKind, value: object, opening: Opening): OpenEngine {
  return {
    value,
    unasked: true,
    found: kind.found ?? 'engine',
    get name() {
      return orElse(() => kind.name(value), 'an engine')
    },
    ...(kind.group === undefined ? {} : { group: kind.group }),
    key: orElse(() => kind.key(value, opening), null),
    sideBySide: kind.sideBySide === true,
    isApart: () => orElse(() => kind.isApart?.(value), undefined) === true,
    get at() {
      return opening.at()
    },
    test: opening.test,
    isOpen: () => orElse(() => kind.isOpen(value), false),
    ended: () => orElse(() => kind.ended?.(value), undefined),
    dispose: () => kind.dispose(value),
  }
}
