/** Which sides there are for a runtime. */
import type { RuntimeName } from '@vitest-pool-lua/state'
import { byHand } from './by-hand.ts'
import type { Side } from './side.ts'

/** The state comes first: with it the others are compared. */
export async function sidesOf(runtime: RuntimeName): Promise<Side[]> {
  const { throughState } = await import('./through-state.ts')
  return [await throughState(runtime), ...(await bareSidesOf(runtime))]
}

/** The binding by hand comes first. */
export async function bareSidesOf(runtime: RuntimeName): Promise<Side[]> {
  switch (runtime) {
    case 'fengari':
      return [byHand((await import('./fengari-binding.ts')).fengariBinding())]
    case 'wasmoon': {
      const { wasmoonBinding } = await import('./wasmoon-binding.ts')
      const { wasmoonOwnApi } = await import('./wasmoon-own-api.ts')
      return [byHand(await wasmoonBinding()), wasmoonOwnApi()]
    }
    case 'luajit':
    case 'lua5.1':
    case 'lua5.2':
    case 'lua5.3':
    case 'lua5.4':
      return [byHand((await import('./koffi-binding.ts')).koffiBinding(runtime))]
  }
}
