/** The shim, loaded into a state: where in the registry its parts lie. */
import { encodeUtf8 } from '../../values/strings.ts'
import type { LuaPointer } from './api.ts'
import type { Binding } from './binding.ts'
import { shimName, shimResults, shimSource, type ShimResult } from './shim.ts'

export type Shim = Readonly<Record<ShimResult, number>>

const source = encodeUtf8(shimSource)
const name = encodeUtf8(`=${shimName}`)

export function loadShim(binding: Binding, main: LuaPointer): Shim {
  const { api, dialect, memory, runtime } = binding
  const loaded = memory.place(source, chunk =>
    memory.place(name, at => api.loadbuffer(main, chunk, source.length, at)),
  )
  if (loaded !== 0 || api.pcall(main, 0, shimResults.length, 0) !== 0) {
    throw new Error(`The Lua side of ${runtime} did not load. This is a bug of ours: please report it.`)
  }
  const slots = shimResults
    .toReversed()
    .map(result => [result, api.ref(main, dialect.registryIndex)] as const)
  return Object.fromEntries(slots) as Shim
}
