/**
 * The runtimes that settings may name, and what must be known of each before any is loaded: the package that the
 * user installs for it, and which settings it can serve.
 *
 * The state package knows the same of itself, but settings are read without loading it. A test compares the two.
 */
interface RuntimeFacts {
  /** The optional peer dependency that it needs. */
  readonly peer: 'koffi' | 'wasmoon' | null
  /** Serves `packageCPath`. */
  readonly cModules: boolean
  /** Serves `limits.stateMemory`. */
  readonly memoryCap: boolean
  /** Compiles Lua to machine code, in which no call limit ends a loop. */
  readonly compiler: boolean
}

const NATIVE = { peer: 'koffi', cModules: true, memoryCap: true, compiler: false } as const

const FACTS = {
  fengari: { peer: null, cModules: false, memoryCap: false, compiler: false },
  wasmoon: { peer: 'wasmoon', cModules: false, memoryCap: true, compiler: false },
  luajit: { ...NATIVE, compiler: true },
  'lua5.1': NATIVE,
  'lua5.2': NATIVE,
  'lua5.3': NATIVE,
  'lua5.4': NATIVE,
} as const satisfies Record<string, RuntimeFacts>

export type Runtime = keyof typeof FACTS

export const RUNTIMES = Object.keys(FACTS) as readonly Runtime[]

export function isRuntime(value: unknown): value is Runtime {
  return RUNTIMES.some(name => name === value)
}

export function factsOf(runtime: Runtime): RuntimeFacts {
  return FACTS[runtime]
}

/** Settings that not every runtime serves. */
export interface Demands {
  readonly packageCPath: readonly string[] | null
  /** Bytes. */
  readonly stateMemory: number | null
}

/** What a runtime cannot serve of that, by the settings' paths, each with the runtimes that can. */
export function unserved(runtime: Runtime, demands: Demands): { at: string; says: string }[] {
  const { cModules, memoryCap } = factsOf(runtime)
  const problems: { at: string; says: string }[] = []
  if (demands.packageCPath !== null && !cModules) {
    problems.push({ at: 'packageCPath', says: `'${runtime}' loads no C modules; ${able('cModules')} do` })
  }
  if (demands.stateMemory !== null && !memoryCap) {
    problems.push({
      at: 'limits.stateMemory',
      says: `'${runtime}' has no limit on memory; ${able('memoryCap')} have`,
    })
  }
  return problems
}

function able(fact: 'cModules' | 'memoryCap'): string {
  return RUNTIMES.filter(runtime => factsOf(runtime)[fact])
    .map(runtime => `'${runtime}'`)
    .join(', ')
}
