/** Callbacks of JS that do what an operation says. */
import { multiReturn } from '../../src/index.ts'
import type { Outcome } from './operations.ts'

export function callbackThat(
  outcome: Outcome,
  hear: (args: readonly unknown[]) => void = () => {},
): (...args: unknown[]) => unknown {
  return (...args) => {
    hear(args)
    switch (outcome.kind) {
      case 'returns':
        return outcome.value
      case 'returnsSeveral':
        return multiReturn(...outcome.values)
      case 'throws':
        throw outcome.value
    }
  }
}
