import { expect, test } from 'vitest'
import { bytesOf } from '../../src/index.ts'
import { decodeLatin1, decodeUtf8, encodeLatin1, encodeUtf8 } from '../../src/values/strings.ts'
import { freshState, thrownBy } from '../fresh-state.ts'

/** A simple generator, so that a failure can be repeated. */
function* bytesFrom(seed: number): Generator<number> {
  for (let state = seed; ; state = (Math.imul(state, 1664525) + 1013904223) >>> 0) yield state >>> 24
}

test('text goes through UTF-8', () => {
  for (const text of ['', 'abc', 'é', '€', '\u{1f600}', 'a\u0000b', 'x'.repeat(100), 'é'.repeat(100)]) {
    expect(Buffer.from(encodeUtf8(text)).equals(Buffer.from(text))).toBe(true)
    expect(decodeUtf8(encodeUtf8(text))).toBe(text)
  }
})

test('a byte that is no UTF-8 becomes a lone surrogate and comes back as itself', () => {
  expect(decodeUtf8(Uint8Array.of(0x61, 0xff, 0x62))).toBe('a\udcffb')
  expect([...encodeUtf8('a\udcffb')]).toEqual([0x61, 0xff, 0x62])
  expect(decodeUtf8(Uint8Array.of(0xc3))).toBe('\udcc3')
  expect(decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toBe('\udced\udca0\udc80')
})

test('any bytes survive the way to JS and back', () => {
  const random = bytesFrom(1)
  for (let round = 0; round < 500; round++) {
    const bytes = Uint8Array.from({ length: round % 64 }, () => random.next().value as number)
    expect([...encodeUtf8(decodeUtf8(bytes))]).toEqual([...bytes])
    expect(encodeLatin1(decodeLatin1(bytes))).toEqual(bytes)
  }
})

test('any other lone surrogate goes in as U+FFFD', () => {
  expect(decodeUtf8(encodeUtf8('a\ud800b'))).toBe('a\ufffdb')
})

test('latin1 has one character a byte and none above U+00FF', () => {
  expect(decodeLatin1(Uint8Array.of(0, 233, 255))).toBe('\u0000é\u00ff')
  expect(encodeLatin1('€')).toBeUndefined()
})

test('in latin1 names of properties, fields and source are one byte a character', () => {
  const lua = freshState({ encoding: 'latin1' })
  expect(lua.table({ é: 'ü' })['é']).toBe('ü')
  expect(lua.eval('"é"')).toBe('é')
  expect(lua.eval('#"é"')).toBe(1)
  expect(thrownBy(() => lua.execute('error("é")'))).toMatchObject({ message: expect.stringMatching(/: é$/) })
  expect(thrownBy(() => lua.execute('return "€"'))).toMatchObject({ code: 'LUA_STATE_VALUE_ENCODING' })
})

test('bytesOf gives the bytes of a string that came out of Lua', () => {
  const lua = freshState()
  const text = lua.eval('"a\\0é\\255\\128\\xe2\\x82"')
  expect([...bytesOf(text)]).toEqual([0x61, 0, 0xc3, 0xa9, 255, 128, 0xe2, 0x82])
  expect(lua.execute('return ...', bytesOf(text))).toBe(text)
  expect(thrownBy(() => bytesOf(5 as never))).toMatchObject({ code: 'LUA_STATE_VALUE_TEXT' })
})
