/** How much is measured: plain data, it travels to the measuring processes. */
import type { Effort } from '../measure/compare.ts'

export interface Settings extends Effort {
  readonly quick: boolean
  /** In how many processes of each side the distribution of calls is measured. */
  readonly processes: number
  /** How many states are open at once, at most, where opening and closing are timed. */
  readonly opened: number
  /** How many are open at once for the memory of one. */
  readonly live: number
  /** How many open-close cycles, and after how many RSS is first read. */
  readonly cycles: { readonly first: number; readonly all: number }
}

const full: Settings = {
  quick: false,
  rounds: 9,
  sample: 25,
  processes: 5,
  opened: 200,
  live: 500,
  cycles: { first: 500, all: 5_000 },
}

const quick: Settings = {
  quick: true,
  rounds: 2,
  sample: 2,
  processes: 1,
  opened: 10,
  live: 10,
  cycles: { first: 10, all: 50 },
}

export function settingsFor(isQuick: boolean): Settings {
  return isQuick ? quick : full
}
