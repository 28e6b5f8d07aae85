/**
 * Redis runs Lua 5.1, whose numbers are all doubles. fengari's integers have 32
 * bits and its hexadecimal numerals wrap around: there `0x100000000` is 0. In
 * decimal the same numeral is read as a float, so it keeps its value:
 *
 *     widenNumerals('return 0x100000000')   // 'return 4294967296'
 */
export function widenNumerals(script: string): string {
  return script.replace(tokens, token => (/^0x/i.test(token) ? BigInt(token).toString() : token))
}

/** Comments and strings come first, so that what looks like a numeral in them is left alone. */
const tokens =
  /--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*|\[(=*)\[[\s\S]*?\]\2\]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|\b0x[\da-f]{8,}\b/gi
