/**
 * Who opened something, taken at the moment when it opens:
 *
 *     const opening = takeOpening(listener, clock)
 *     opening.isOurs()        // this package opened it for itself
 *     opening.through(/[\\/]pg-pool[\\/]/)   // a library did, on behalf of what it keeps
 *     opening.at()            // the user's line
 *
 * To take it costs some microseconds; what it says is worked out, and mapped to the sources, when it is asked.
 */
import type { Place, TestName } from '../../protocol/finding.ts'
import type { TestClock } from '../current-test.ts'
import { isOwnModule } from '../own-modules.ts'
import { fileOf, isOfUser, placeFrames, placeOf } from '../place.ts'
import { framesText } from '../stack-text.ts'

export interface Opening {
  readonly test: TestName | null
  /** Opened by this package or the state's, without the user having a hand in it. */
  isOurs(): boolean
  /** Code of the user's is on the stack. */
  hasUser(): boolean
  /** A file or function between what was opened and the user's own code matches. */
  through(pattern: RegExp): boolean
  /** The line of the user's code; null where none is on the stack. */
  at(): Place | null
}

export type Below = (...args: never[]) => unknown

/** Deep enough for a library between the test and what it opens. */
const MOST_FRAMES = 40

/**
 * @param below this function and all that it called are left out
 * @param value what is being made, if it is: the constructors of its own classes are left out too
 */
export function takeOpening(below: Below, clock: TestClock, value?: object): Opening {
  const sites = captureSites(below)
  const own = value === undefined ? undefined : classesOf(value)
  let found: Between | undefined
  const between = (): Between => (found ??= upToUser(sites(), own))
  return {
    test: clock.now()?.name ?? null,
    isOurs: () => between().files.some(isOwnModule),
    hasUser: () => between().hasUser,
    through: pattern => between().texts.some(text => pattern.test(text)),
    at: () => (between().hasUser ? placeOf(framesText(placeFrames(between().users))) : null),
  }
}

type Sites = readonly NodeJS.CallSite[]

/** V8 makes the frames of a stack when it is first read, by whatever function is there for it then. */
function captureSites(below: Below): () => Sites {
  const holder: { stack?: unknown } = {}
  const { stackTraceLimit } = Error
  // A program may have frozen Error: an assignment would throw.
  Reflect.set(Error, 'stackTraceLimit', MOST_FRAMES)
  Error.captureStackTrace(holder, below)
  Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
  let sites: Sites | undefined
  return () => (sites ??= readSites(holder))
}

function readSites(holder: { readonly stack?: unknown }): Sites {
  const prepare: unknown = Reflect.get(Error, 'prepareStackTrace')
  try {
    Reflect.set(Error, 'prepareStackTrace', (_: unknown, sites: Sites) => sites)
    return Array.isArray(holder.stack) ? (holder.stack as Sites) : []
  } finally {
    Reflect.set(Error, 'prepareStackTrace', prepare)
  }
}

interface Between {
  readonly files: readonly string[]
  /** `/node_modules/pg-pool/index.js newClient`: the file, then what was called. */
  readonly texts: readonly string[]
  readonly hasUser: boolean
  /** From the user's own code on: not the constructor of a class of the user's, but who calls it. */
  readonly users: Sites
}

function upToUser(sites: Sites, own: ReadonlySet<string> | undefined): Between {
  const start = own === undefined ? 0 : sites.findIndex(site => !own.has(site.getFunctionName() ?? ''))
  const frames = start === -1 ? [] : sites.slice(start)
  const user = frames.findIndex(isOfUser)
  const files = (user === -1 ? frames : frames.slice(0, user)).map(site => fileOf(site))
  const texts = files.map((file, index) => `${file} ${frames[index]?.getFunctionName() ?? ''}`)
  return { files, texts, hasUser: user !== -1, users: user === -1 ? [] : frames.slice(user) }
}

/** The names of the classes that an object is of. */
function classesOf(value: object): ReadonlySet<string> {
  const names = new Set(['EventEmitter'])
  let prototype = Object.getPrototypeOf(value) as object | null
  while (prototype !== null) {
    const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
    if (typeof made === 'function') names.add(made.name)
    prototype = Object.getPrototypeOf(prototype) as object | null
  }
  return names
}
