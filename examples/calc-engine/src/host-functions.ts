/**
 * What the engine asks of the program that hosts it.
 *
 * Compressed data is bytes. They go into Lua as a Uint8Array, and come back as text in which a byte that is no
 * UTF-8 is a lone surrogate U+DC80 to U+DCFF.
 */
import { format } from 'node:util'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { linesPrinted } from './metrics.ts'

export const hostFunctions = {
  ConPrintf(pattern: string, ...args: unknown[]): void {
    const line = format(pattern, ...args)
    linesPrinted.inc({ kind: line.startsWith('Cannot') ? 'warning' : 'note' })
  },

  Deflate: (text: string): Uint8Array => deflateRawSync(text),

  /** undefined, which is nil, for data that is damaged. */
  Inflate(data: string): Uint8Array | undefined {
    try {
      return inflateRawSync(bytesOf(data))
    } catch {
      return undefined
    }
  },
}

function bytesOf(text: string): Uint8Array {
  return Buffer.concat(
    Array.from(text, character => {
      const unit = character.charCodeAt(0)
      const escaped = character.length === 1 && unit >= 0xdc80 && unit <= 0xdcff
      return escaped ? Uint8Array.of(unit - 0xdc00) : Buffer.from(character)
    }),
  )
}
