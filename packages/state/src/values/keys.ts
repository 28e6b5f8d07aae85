/** Names of properties and keys of Lua: a canonical integer name is the integer key. */

const canonical = /^(?:0|-?[1-9]\d{0,15})$/

/** '1' -> 1, '-7' -> -7; '01', '-0', '1.0' and 'x' are strings: undefined. */
export function integerKeyOf(name: string): number | undefined {
  const code = name.charCodeAt(0)
  if (code > 57 || code < 45) return undefined
  if (!canonical.test(name)) return undefined
  const key = Number(name)
  return Number.isSafeInteger(key) ? key : undefined
}
