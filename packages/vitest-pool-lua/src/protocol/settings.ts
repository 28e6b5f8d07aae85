/**
 * What a user may write in `lua({ ... })`, and what becomes of it.
 *
 * Settings are data: they travel to the worker as JSON, so code is given as
 * the path of a module.
 */
import type { FindingKind, Severity } from './finding.ts'
import type { Runtime } from './runtimes.ts'

/** How far a process is known to the sweep: see docs/nothing-left.md. */
export type SweepTier = 'proc' | 'tree'

export interface LuaOptions {
  /**
   * The Lua implementation. Default `'fengari'`. The native ones (`'luajit'`, `'lua5.1'` to `'lua5.4'`) need the
   * package koffi and the runtime's shared library, `'wasmoon'` the package of its name.
   */
  runtime?: Runtime
  /** How long the worker's Lua state lives. Default `'file'`. */
  scope?: 'file' | 'test'
  /** Path of a module whose default export is made by `defineLuaSetup`; runs on every fresh state. */
  setup?: string
  /** Patterns for `require`, like `'lua/?.lua'`. Default: the runtime's own. */
  packagePath?: readonly string[]
  /** Patterns for C modules, like `'lib/?.so'`, on native runtimes. Default: the runtime's own. */
  packageCPath?: readonly string[]
  /** A process for each test file. */
  isolation?: 'file'
  /** What becomes of a file's other tests when its worker dies. Default `'resume'`: they run in a fresh one. */
  afterDeath?: AfterDeath
  /** How many fresh workers a file may have after deaths. Default 4. */
  maxWorkerRestarts?: number
  limits?: {
    /** ms for one call into Lua. Default: what is left of the test's own timeout, less 10 %, at least 50 ms. */
    call?: number
    /**
     * ms past the running test's or hook's own timeout after which a worker whose event loop stands still is ended.
     * Default 2,000; `Infinity` never ends it.
     */
    grace?: number
    /** ms for importing and collecting a file. Default 60,000; 0 or `Infinity` is no limit. */
    collect?: number
    /** Of one Lua state, where the runtime can: `'256MB'`, `'10%'` of the machine's, or bytes. Default none. */
    stateMemory?: string | number
    /** Of one worker's resident memory, written like `stateMemory`. Default none. */
    workerMemory?: string | number
    /** ms that sockets and descriptors may take to be released when a file has ended. Default 1,000. */
    settle?: number
  }
  /** `'prom-client'`, or paths of modules that export registries; `{ to: 'empty' }` wipes instead of putting back. */
  registries?: readonly RegistryOption[]
  /** The project's own disposers, as `'path#export'`; called before a worker ends. */
  engines?: readonly string[]
  processes?: {
    /** How strays are found. Default: `'proc'` on Linux, `'tree'` elsewhere. */
    tier?: SweepTier
    /** ms that a subprocess of a test may run: then it is ended, and the test fails. Default none. */
    timeout?: number
    /** ms between SIGTERM and SIGKILL. Default 200; 0 kills at once. */
    termAfter?: number
  }
  /** Severities by kind; `'*'` is every kind not named. Default `{ '*': 'warn' }`. */
  findings?: Partial<Record<FindingKind | '*', Severity>>
  allow?: readonly Allowance[]
  /** Where the JSON report goes. Default: none is written. */
  outputFile?: string
}

export type AfterDeath = 'resume' | 'skip'

export type RegistryOption = string | readonly [string, { readonly to: RegistryTarget }]

/** `'baseline'`: what stood when the file had been collected. */
export type RegistryTarget = 'baseline' | 'empty'

/** A finding that is expected: of this kind, and whose text or command contains `match`. */
export interface Allowance {
  readonly kind: FindingKind
  readonly match: string
  readonly reason: string
}

/** The same after validation: every default filled in, every path absolute. */
export interface Settings {
  /** Of the project. */
  readonly root: string
  /** Of the whole run: what reports name is relative to it. */
  readonly runRoot: string
  readonly runtime: Runtime
  readonly scope: 'file' | 'test'
  readonly setup: string | null
  readonly packagePath: readonly string[] | null
  readonly packageCPath: readonly string[] | null
  readonly afterDeath: AfterDeath
  readonly maxWorkerRestarts: number
  /** ms. */
  readonly callLimit: number | null
  /** ms; null where a blocked worker is never ended. */
  readonly grace: number | null
  /** ms; null for no limit. */
  readonly collectLimit: number | null
  /** Bytes. */
  readonly stateMemory: number | null
  /** Bytes of resident memory. */
  readonly workerMemory: number | null
  /** ms. */
  readonly settle: number
  readonly registries: readonly RegistrySetting[]
  readonly engines: readonly DisposerSetting[]
  readonly tier: SweepTier
  /** ms; null for no limit. */
  readonly processLimit: number | null
  readonly termAfter: number
  readonly findings: Readonly<Partial<Record<FindingKind | '*', Severity>>>
  readonly allow: readonly Allowance[]
  readonly outputFile: string | null
}

export interface RegistrySetting {
  /** A package's name or an absolute path. */
  readonly source: string
  readonly to: RegistryTarget
}

export interface DisposerSetting {
  readonly file: string
  readonly exportName: string
}
