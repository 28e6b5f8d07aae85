/**
 * Remembers where each child process was spawned, so that a stray can be named with its line.
 *
 *     const sites = recordSpawnSites({ label: { name: 'MY_SPAWN', beside: 'MY_RUN' } })
 *     // ... a test spawns something and forgets it ...
 *     sites.siteOf(pid)?.stack
 *     sites.close()
 *
 * Covers whatever goes through `ChildProcess`: spawn, fork, exec, execFile, and so `node:cluster`. A label in the
 * environment also recognises what the spawned process starts in its turn: `sweep` and `watchProcesses` tell it.
 */
import { ChildProcess } from 'node:child_process'

export interface SpawnSite {
  readonly pid: number
  /** No other site of this process has the same. */
  readonly label: string
  /**
   * As the engine formats it, innermost frame first, without source maps applied; child_process's own
   * frames come first.
   */
  readonly stack: string
  /** The arguments joined by spaces. */
  readonly command: string
  /** Whether Node has seen it end. */
  hasEnded(this: void): boolean
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
  readonly exitCode?: number | null
  readonly signalCode?: string | null
  readonly spawnargs?: readonly string[]
}

interface SpawnPrototype {
  spawn: Spawn
}

type Spawn = (this: SpawnedProcess, ...args: unknown[]) => unknown

export interface SpawnLabel {
  /** Of the variable that each spawned process is given; it inherits it to all that it starts. */
  readonly name: string
  /** Only those that inherit this variable are labelled: who is given an environment of its own has that and no more. */
  readonly beside: string
}

/** Deep enough for the frames of child_process, of a library that wraps it, and of the test. */
const mostFrames = 40
/** A site keeps its frames' functions alive until its stack is asked for, so their number is bounded. */
const mostSites = 1000

/** As `Error.prepareStackTrace`: https://v8.dev/docs/stack-trace-api */
export type StackFormat = (error: Error, frames: NodeJS.CallSite[]) => unknown

export interface SpawnSiteOptions {
  /** Default: none is labelled. */
  readonly label?: SpawnLabel
  /** Makes the text of a stack when it is asked for. Default: what is in force when the recording begins. */
  readonly format?: StackFormat
  /** Hears of each process at once, in the context that spawned it. It must not throw. */
  readonly onSpawn?: (site: SpawnSite) => void
}

export function recordSpawnSites(options: SpawnSiteOptions = {}): SpawnSites {
  // Who replaces it later reads stacks of its own: it may give no text, or throw.
  const { label: asked, onSpawn, format = formatNow() } = options
  const sites = new Map<number, SpawnSite>()
  let spawns = 0
  const prototype: object = ChildProcess.prototype
  if (!canSpawn(prototype)) return { siteOf: () => undefined, close: () => undefined }
  const original = prototype.spawn
  let open = true

  function spawn(this: SpawnedProcess, ...args: unknown[]): unknown {
    if (!open) return original.apply(this, args)
    const label = String((spawns += 1))
    if (asked !== undefined) putOn(args, asked, label)
    const result = original.apply(this, args)
    if (this.pid !== undefined) {
      const site = siteOf(this, { pid: this.pid, label }, spawn, format)
      remember(sites, site)
      onSpawn?.(site)
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

/** By now Node has made a list of its own of the whole environment: `NAME=value`. */
function putOn([options]: readonly unknown[], { name, beside }: SpawnLabel, label: string): void {
  const pairs = (options as { readonly envPairs?: unknown } | undefined)?.envPairs
  if (!Array.isArray(pairs)) return
  const inherits = pairs.some(pair => String(pair).startsWith(`${beside}=`))
  if (inherits) pairs.push(`${name}=${label}`)
}

/** V8 formats a stack when it is first read: until then, a site costs some microseconds. */
function siteOf(
  child: SpawnedProcess,
  identity: Pick<SpawnSite, 'pid' | 'label'>,
  below: Spawn,
  format: StackFormat | undefined,
): SpawnSite {
  const capture: { readonly stack?: string } = {}
  const limit = Error.stackTraceLimit
  Reflect.set(Error, 'stackTraceLimit', mostFrames)
  Error.captureStackTrace(capture, below)
  Reflect.set(Error, 'stackTraceLimit', limit)
  return {
    ...identity,
    command: (child.spawnargs ?? []).join(' '),
    hasEnded: () => typeof child.exitCode === 'number' || typeof child.signalCode === 'string',
    get stack() {
      return stackOf(capture, format)
    },
  }
}

function formatNow(): StackFormat | undefined {
  return Reflect.get(Error, 'prepareStackTrace') as StackFormat | undefined
}

function stackOf(capture: { readonly stack?: string }, format: StackFormat | undefined): string {
  const now = formatNow()
  if (now === format) return String(capture.stack)
  Reflect.set(Error, 'prepareStackTrace', format)
  try {
    return String(capture.stack)
  } finally {
    Reflect.set(Error, 'prepareStackTrace', now)
  }
}

function remember(sites: Map<number, SpawnSite>, site: SpawnSite): void {
  sites.delete(site.pid) // A Map keeps the place of a key that is set again.
  sites.set(site.pid, site)
  const [oldest] = sites.keys()
  if (sites.size > mostSites && oldest !== undefined) sites.delete(oldest)
}
