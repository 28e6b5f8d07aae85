export { BARE, STRICT, SUPPORTED, VITEST_3 } from '@vitest-pool-lua/beds'
export type { Bed } from '@vitest-pool-lua/beds'
