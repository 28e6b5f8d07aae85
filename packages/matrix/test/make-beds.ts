/** Before all tests: who asks for a bed later finds it made. */
import { bedsOf } from '@vitest-pool-lua/beds'

export async function setup(): Promise<void> {
  await bedsOf([])
}
