/**
 * The library `cmsgpack` that Redis gives to scripts.
 *
 *     cmsgpack.unpack(cmsgpack.pack({ 1, 'two' }))[2]   -- two
 */
import { decode, encode } from '@msgpack/msgpack'
import { bytesOf } from './lua-bytes.ts'
import { fromLua } from './lua-tables.ts'

export const cmsgpack = {
  pack(...values: unknown[]): Uint8Array {
    return Buffer.concat(values.map(value => encode(fromLua(value, () => []))))
  },

  unpack(packed: string): unknown {
    return decode(bytesOf(packed))
  },
}
