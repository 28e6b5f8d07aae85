/**
 * fengari takes for equal some table keys that are not: it hashes a string by its bytes in hexadecimal without
 * padding, so '\1\17' and '\17\1' are one key
 * (https://github.com/fengari-lua/fengari/blob/v0.1.5/src/lstring.js#L36). Here bytes under 16 are padded; the
 * hash of any other string stays, so that states which somebody else opened before are not disturbed.
 */
import { internals } from './binding.ts'

interface Hashed {
  realstring: Uint8Array
  knownHash: string | null
}

const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function patchStringKeys(): void {
  const { prototype } = internals.TString
  if (Object.hasOwn(prototype, 'hash')) return
  Object.defineProperty(prototype, 'hash', {
    configurable: true,
    get(this: Hashed): string {
      this.knownHash ??= hashOf(this.realstring)
      return this.knownHash
    },
    set(this: Hashed, hash: string | null) {
      this.knownHash = hash
    },
  })
}

function hashOf(bytes: Uint8Array): string {
  let hash = '|'
  for (const byte of bytes) hash += digits[byte]
  return hash
}
