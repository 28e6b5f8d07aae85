/** The reader of a chunk that lies in memory as a whole. */
import type { L } from './binding.ts'

export function readOnce(_thread: L, data: { bytes: Uint8Array | null }): Uint8Array | null {
  const { bytes } = data
  data.bytes = null
  return bytes
}
