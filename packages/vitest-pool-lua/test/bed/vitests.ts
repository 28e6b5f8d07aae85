/** The Vitest releases that project tests run on, and what their beds have installed. */
export interface Bed {
  readonly name: string
  readonly packages: readonly string[]
}

const COMMON = ['prom-client@15.1.3', 'typescript@7.0.2', 'vite@8', '@types/node@22']

const VITEST_5: Bed = {
  name: 'vitest-5.1',
  packages: [...COMMON, 'vitest@5.1.1', '@vitest/coverage-v8@5.1.1', '@vitest/coverage-istanbul@5.0.5'],
}

const VITEST_4: Bed = {
  name: 'vitest-4.1',
  packages: [...COMMON, 'vitest@4.1.12', '@vitest/coverage-v8@4.1.12', '@vitest/coverage-istanbul@4.1.12'],
}

/** Too old: for the error that says so. */
export const VITEST_3: Bed = { name: 'vitest-3', packages: ['vitest@3.2.4', 'vite@7'] }

export const SUPPORTED: readonly Bed[] = [VITEST_5, VITEST_4]
