/** Before all tests: who asks for a bed later finds it made. */
import { bedsOf } from '../src/beds-of.ts'

export async function setup(): Promise<void> {
  await bedsOf([])
}
