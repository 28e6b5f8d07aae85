/** The shim, loaded into a state: where in the registry its parts lie. */
import { encodeUtf8 } from '../../values/strings.ts'
import type { LuaPointer, Pointer } from './api.ts'
import type { Binding } from './binding.ts'
import { layout } from './memory.ts'
import { shimName, shimResults, shimSource, type ShimResult } from './shim/shim.ts'

export type Shim = Readonly<Record<ShimResult, number>>

const source = encodeUtf8(shimSource)
const name = encodeUtf8(`=${shimName}`)

/** Compiling takes longer than all the rest of opening: each runtime does it once a process. */
const compiled = new WeakMap<Binding, Chunk>()

interface Chunk {
  readonly address: Pointer
  readonly length: number
}

export function loadShim(binding: Binding, main: LuaPointer): Shim {
  const { api, dialect } = binding
  const known = compiled.get(binding)
  load(binding, main, known ?? keep(binding, source))
  if (known === undefined) compiled.set(binding, keep(binding, dump(binding, main)))
  if (api.pcall(main, 0, shimResults.length, 0) !== 0) throw broken(binding)
  const slots = shimResults
    .toReversed()
    .map(result => [result, api.ref(main, dialect.registryIndex)] as const)
  return Object.fromEntries(slots) as Shim
}

function keep({ memory }: Binding, bytes: Uint8Array): Chunk {
  return { address: memory.keep(bytes), length: bytes.length }
}

function load(binding: Binding, main: LuaPointer, { address, length }: Chunk): void {
  const { api, memory } = binding
  if (memory.place(name, at => api.loadbuffer(main, address, length, at)) !== 0) throw broken(binding)
}

/** `string.dump` of the function on top, which stays. */
function dump(binding: Binding, main: LuaPointer): Uint8Array {
  const { api, memory } = binding
  api.pushglobaltable(main)
  for (const key of ['string', 'dump']) {
    const bytes = encodeUtf8(key)
    memory.place(bytes, at => api.pushlstring(main, at, bytes.length))
    api.rawget(main, -2)
    api.insert(main, -2)
    api.settop(main, -2)
  }
  api.pushvalue(main, -2)
  if (api.pcall(main, 1, 1, 0) !== 0) throw broken(binding)
  const address = api.tolstring(main, -1, memory.scratch + layout.out)
  const bytes = Uint8Array.from(memory.read(address, api.rawlen(main, -1)))
  api.settop(main, -2)
  return bytes
}

function broken({ runtime }: Binding): Error {
  return new Error(`The Lua side of ${runtime} did not load. This is a bug of ours: please report it.`)
}
