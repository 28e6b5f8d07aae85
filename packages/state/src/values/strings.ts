/**
 * Lua's strings are bytes, JS's are UTF-16. They meet in UTF-8, and no byte is lost: a byte that is not part of
 * valid UTF-8 becomes a lone surrogate U+DC80..U+DCFF, as Python's `surrogateescape` does, and comes back as the
 * same byte. Any other lone surrogate goes into Lua as U+FFFD.
 */
import { isUtf8 } from 'node:buffer'

const encoder = new TextEncoder()
const short = 24
const loneSurrogate = /\p{Surrogate}/u

export function encodeUtf8(text: string): Uint8Array {
  const { length } = text
  if (length > short) return encodeLong(text)
  const bytes = new Uint8Array(length)
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index)
    if (unit >= 0x80) return encodeLong(text)
    bytes[index] = unit
  }
  return bytes
}

export function decodeUtf8(bytes: Uint8Array): string {
  const { length } = bytes
  if (length <= short) {
    let text = ''
    for (let index = 0; index < length; index++) {
      const byte = bytes[index] as number
      if (byte >= 0x80) return decodeLong(bytes)
      text += String.fromCharCode(byte)
    }
    return text
  }
  return decodeLong(bytes)
}

/** One character a byte. Gives undefined where a character has no byte. */
export function encodeLatin1(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length)
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit > 0xff) return undefined
    bytes[index] = unit
  }
  return bytes
}

export function decodeLatin1(bytes: Uint8Array): string {
  return buffer(bytes).toString('latin1')
}

/** A message of Lua, which may hold a path (UTF-8) or text of the program. */
export function decodeMessage(bytes: Uint8Array, latin1: boolean): string {
  return latin1 && !isUtf8(bytes) ? decodeLatin1(bytes) : decodeUtf8(bytes)
}

function encodeLong(text: string): Uint8Array {
  return loneSurrogate.test(text) ? encodeEscaped(text) : encoder.encode(text)
}

function decodeLong(bytes: Uint8Array): string {
  return isUtf8(bytes) ? buffer(bytes).toString('utf8') : decodeEscaped(bytes)
}

function buffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function encodeEscaped(text: string): Uint8Array {
  const parts: Uint8Array[] = []
  for (const character of text) {
    const point = character.codePointAt(0) as number
    const escaped = point >= 0xdc80 && point <= 0xdcff
    parts.push(escaped ? Uint8Array.of(point - 0xdc00) : encoder.encode(character))
  }
  return Buffer.concat(parts)
}

function decodeEscaped(bytes: Uint8Array): string {
  let text = ''
  for (let index = 0; index < bytes.length;) {
    const length = sequenceLength(bytes, index)
    text +=
      length === 0
        ? String.fromCharCode(0xdc00 + (bytes[index] as number))
        : buffer(bytes.subarray(index, index + length)).toString('utf8')
    index += Math.max(length, 1)
  }
  return text
}

/** Of the valid UTF-8 sequence that starts here, in bytes; 0 where there is none. */
function sequenceLength(bytes: Uint8Array, start: number): number {
  for (let length = 1; length <= 4 && start + length <= bytes.length; length++) {
    if (isUtf8(bytes.subarray(start, start + length))) return length
  }
  return 0
}
