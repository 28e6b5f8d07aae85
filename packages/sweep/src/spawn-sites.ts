/**
 * Remembers where each child process was spawned, so that a stray can be named with its line.
 *
 *     const sites = recordSpawnSites()
 *     // ... a test spawns something and forgets it ...
 *     sites.siteOf(pid)?.stack
 *     sites.close()
 *
 * Covers whatever goes through `ChildProcess`: spawn, fork, exec, execFile. The synchronous functions
 * leave nothing running, unless what they run does.
 */
import { ChildProcess } from 'node:child_process'

export interface SpawnSite {
  /**
   * As the engine formats it, innermost frame first, without source maps applied; child_process's own
   * frames come first.
   */
  readonly stack: string
  /** The arguments joined by spaces. */
  readonly command: string
}

export interface SpawnSites {
  /** Of the last process spawned here that had this pid. */
  siteOf(pid: number): SpawnSite | undefined
  /** Puts `ChildProcess` back as it was; what was recorded can still be asked for. */
  close(): void
}

/** What `ChildProcess.prototype.spawn` works on: not among Node's types, though it is public and stable. */
interface SpawnedProcess {
  readonly pid?: number
  readonly spawnargs?: readonly string[]
}

interface SpawnPrototype {
  spawn: Spawn
}

type Spawn = (this: SpawnedProcess, ...args: unknown[]) => unknown

/** Deep enough for the frames of child_process, of a library that wraps it, and of the test. */
const mostFrames = 20
/** A site keeps its frames' functions alive until its stack is asked for, so their number is bounded. */
const mostSites = 1000

export interface SpawnSiteOptions {
  /** Hears of each process at once, in the context that spawned it. It must not throw. */
  readonly onSpawn?: (pid: number) => void
}

export function recordSpawnSites({ onSpawn }: SpawnSiteOptions = {}): SpawnSites {
  const sites = new Map<number, SpawnSite>()
  const prototype: object = ChildProcess.prototype
  if (!canSpawn(prototype)) return { siteOf: () => undefined, close: () => undefined }
  const original = prototype.spawn
  let open = true

  function spawn(this: SpawnedProcess, ...args: unknown[]): unknown {
    const result = original.apply(this, args)
    if (open && this.pid !== undefined) {
      remember(sites, this.pid, siteOf(this, spawn))
      onSpawn?.(this.pid)
    }
    return result
  }
  prototype.spawn = spawn
  const close = (): void => {
    open = false
    // Whoever has wrapped it since keeps this one beneath, which from now on only passes on.
    if (prototype.spawn === spawn) prototype.spawn = original
  }
  return { siteOf: pid => sites.get(pid), close }
}

function canSpawn(prototype: object): prototype is SpawnPrototype {
  return 'spawn' in prototype && typeof prototype.spawn === 'function'
}

/** V8 formats a stack when it is first read: until then, a site costs some microseconds. */
function siteOf({ spawnargs = [] }: SpawnedProcess, below: Spawn): SpawnSite {
  const capture: { readonly stack?: string } = {}
  const limit = Error.stackTraceLimit
  Reflect.set(Error, 'stackTraceLimit', mostFrames)
  Error.captureStackTrace(capture, below)
  Reflect.set(Error, 'stackTraceLimit', limit)
  return {
    command: spawnargs.join(' '),
    get stack() {
      return String(capture.stack)
    },
  }
}

function remember(sites: Map<number, SpawnSite>, pid: number, site: SpawnSite): void {
  sites.delete(pid) // A Map keeps the place of a key that is set again.
  sites.set(pid, site)
  const [oldest] = sites.keys()
  if (sites.size > mostSites && oldest !== undefined) sites.delete(oldest)
}
