/** What takes the snapshots of baselines, loaded into a state at first need: where in the registry it lies. */
import { snapshotSource } from '../../baseline/snapshot-source.ts'
import { encodeUtf8 } from '../../values/strings.ts'
import type { LuaPointer } from './api.ts'
import type { Binding } from './binding.ts'
import type { Shim } from './shim-slots.ts'
import { shimName } from './shim/shim.ts'

const source = encodeUtf8(snapshotSource)
const name = encodeUtf8(`=${shimName}`)

export function loadSnapshotter(binding: Binding, L: LuaPointer, { equip }: Shim): number {
  const { api, dialect, memory, runtime } = binding
  api.rawgeti(L, dialect.registryIndex, equip)
  const loaded = memory.place(source, chunk =>
    memory.place(name, at => api.loadbuffer(L, chunk, source.length, at)),
  )
  if (loaded !== 0 || api.pcall(L, 1, 1, 0) !== 0) {
    throw new Error(`The snapshots of ${runtime} did not load. This is a bug of ours: please report it.`)
  }
  return api.ref(L, dialect.registryIndex)
}
