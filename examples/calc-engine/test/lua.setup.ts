/** Runs on every fresh state: the host's functions first, then the engine that needs them. */
import { defineLuaSetup } from 'vitest-pool-lua/test'
import { hostFunctions } from '../src/host-functions.ts'

export default defineLuaSetup(state => {
  Object.assign(state.globals, hostFunctions)
  state.require('HeadlessWrapper')
})
