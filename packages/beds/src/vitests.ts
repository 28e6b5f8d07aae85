/** The Vitest releases that project tests run on, and what their beds have installed. */
export interface Bed {
  readonly name: string
  readonly packages: readonly string[]
  /** Default npm. */
  readonly installer?: 'npm' | 'pnpm'
  /** Folders of node_modules that are removed again. */
  readonly without?: readonly string[]
}

const RUNTIMES = ['koffi@3.3.4', 'wasmoon@1.16.0']
/** Whose pools, clients and agents are tracked. */
const ENGINES = [
  'pg@8.23.1',
  'ioredis@6.0.0',
  'redis@6.3.1',
  'undici@7.30.2',
  'chokidar@5.0.0',
  'fengari@0.1.5',
]
/** That spawn processes. */
const SPAWNING = ['execa@10.2.1', 'tinyexec@1.3.1']
const COMMON = [
  ...RUNTIMES,
  ...ENGINES,
  ...SPAWNING,
  'prom-client@15.1.3',
  'typescript@7.0.2',
  'vite@8',
  '@types/node@22',
]

const VITEST_5: Bed = {
  name: 'vitest-5.1',
  packages: [...COMMON, 'vitest@5.1.1', '@vitest/coverage-v8@5.1.1', '@vitest/coverage-istanbul@5.0.5'],
}

const VITEST_4: Bed = {
  name: 'vitest-4.1',
  packages: [...COMMON, 'vitest@4.1.12', '@vitest/coverage-v8@4.1.12', '@vitest/coverage-istanbul@4.1.12'],
}

/** Without wasmoon, and with koffi as an installation without optional dependencies leaves it: no binary. */
export const BARE: Bed = {
  name: 'vitest-5.1-bare',
  packages: ['vitest@5.1.1', 'vite@8', 'koffi@3.3.4'],
  without: ['@koromix'],
}

/** Where a package sees its own dependencies only: koffi must come down to the state package as its peer. */
export const STRICT: Bed = {
  name: 'vitest-5.1-pnpm',
  packages: ['vitest@5.1.1', 'vite@8', 'koffi@3.3.4'],
  installer: 'pnpm',
}

/** Too old: for the error that says so. */
export const VITEST_3: Bed = { name: 'vitest-3', packages: ['vitest@3.2.4', 'vite@7'] }

export const SUPPORTED: readonly Bed[] = [VITEST_5, VITEST_4]
