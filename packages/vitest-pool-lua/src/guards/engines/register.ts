/** From something that has opened to an engine of the file, unless it is a library's own affair. */
import type { Place, TestName } from '../../protocol/finding.ts'
import type { TestClock } from '../current-test.ts'
import type { EnginesGuard, OpenEngine } from '../engines.ts'
import { orElse } from './kind.ts'
import { keeper } from './kept.ts'
import type { Kept } from './kept.ts'
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
  const keep = keeper()
  const add = (kind: EngineKind, value: object, opening: Opening): void => {
    if (!isOfUser(kind, opening)) return
    kind.begin?.(value)
    // What is being made knows its own name and address when its constructor is done. And a test that hands it to
    // engine() at once has said better what it is.
    soon(() => engines.track(asEngine(kind, keep(kind, value, opening), opening.test)))
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

/** Its functions know the value by `kept` alone: what one of them names, all of them hold. */
function asEngine(kind: EngineKind, kept: Kept, test: TestName | null): OpenEngine {
  return {
    get value() {
      return kept<object | undefined>(value => value, undefined)
    },
    unasked: true,
    found: kind.found ?? 'engine',
    get name() {
      return orElse(() => kept(kind.name, NAMELESS), NAMELESS)
    },
    ...(kind.group === undefined ? {} : { group: kind.group }),
    key: orElse(() => kept(kind.key, null), null),
    sideBySide: kind.sideBySide === true,
    isApart: () => orElse(() => kept(value => kind.isApart?.(value), undefined), undefined) === true,
    get at() {
      return kept<Place | null>((_, opening) => opening.at(), null)
    },
    test,
    isOpen: () => orElse(() => kept(kind.isOpen, false), false),
    ended: () => orElse(() => kept(value => kind.ended?.(value), undefined), undefined),
    dispose: () => kept(kind.dispose, undefined),
  }
}

const NAMELESS = 'an engine'
