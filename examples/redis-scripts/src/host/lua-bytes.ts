/**
 * The bytes of a Lua string that came to JS as text. What is not UTF-8 comes as the lone surrogates
 * U+DC80 to U+DCFF, one for each byte.
 */
export function bytesOf(text: string): Uint8Array {
  if (!/\p{Surrogate}/u.test(text)) return Buffer.from(text)
  return Buffer.concat(Array.from(text, character => byteOf(character) ?? Buffer.from(character)))
}

function byteOf(character: string): Uint8Array | undefined {
  const unit = character.charCodeAt(0)
  return character.length === 1 && unit >= 0xdc80 && unit <= 0xdcff ? Uint8Array.of(unit - 0xdc00) : undefined
}
