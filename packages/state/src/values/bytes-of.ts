/** The bytes behind a string that came out of Lua. */
import { LuaStateError } from '../errors.ts'
import { encodeUtf8 } from './strings.ts'

/**
 * The bytes of a Lua string that reached JS as text (`encoding: 'utf8'`), also where they are no UTF-8: a lone
 * surrogate U+DC80 to U+DCFF is the byte 0x80 to 0xFF that it stands for.
 *
 *     bytesOf(state.eval('string.pack("<I2", 0xfffe)'))    // Uint8Array [0xfe, 0xff]
 */
export function bytesOf(text: string): Uint8Array {
  if (typeof text === 'string') return encodeUtf8(text)
  throw new LuaStateError(
    'LUA_STATE_VALUE_TEXT',
    `bytesOf was given a ${typeof text}. Allowed is a string that came out of Lua (encoding: 'utf8').`,
  )
}
