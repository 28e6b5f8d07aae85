/** Strings in both directions: bytes in Lua, text in JS, and no byte lost between them. */
import { expect } from 'vitest'
import { bytesOf } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import type { Topic } from '../row.ts'
import { comesBackInEachWay, eachWayIn, eachWayOut, inEachWay, outEachWay } from '../ways.ts'

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const texts = ['', 'text', 'a\u0000b\u0000', 'é', '€uro', '\u{1f600}', 'x'.repeat(100), 'é'.repeat(100_000)]

/** Continuation without a start, a cut sequence, an overlong one, a surrogate, beyond U+10FFFF, bytes never used. */
const broken = ['128', '195', '226 130', '192 128', '237 160 128', '244 144 128 128', '255 254', '97 255 98']
const bytes = (numbers: string) => numbers.split(' ').map(Number)
const escaped = (numbers: string) =>
  `"${bytes(numbers)
    .map(byte => `\\${byte}`)
    .join('')}"`

export const strings: Topic = {
  title: 'Strings',
  rows: [
    {
      says: 'text goes in and comes out as the same text, however long, NUL included',
      does: lua => texts.map(text => comesBackInEachWay(lua, text)),
      gives: texts.map(() => eachWayIn(true)),
    },
    {
      says: 'in Lua text is UTF-8',
      does: lua => inEachWay(lua, 'é€\u{1f600}', 'return #v, v:byte(1, -1)'),
      gives: eachWayIn([9, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80]),
    },
    {
      says: 'UTF-8 of Lua comes out as text, with NULs where they were',
      does: lua => outEachWay(lua, '"\\195\\169\\0\\226\\130\\172"'),
      gives: eachWayOut('é\u0000€'),
    },
    {
      says: 'a Uint8Array is the string of its bytes, all 256',
      does: lua =>
        inEachWay(
          lua,
          everyByte,
          'local good = 0 for i = 0, 255 do if v:byte(i + 1) == i then good = good + 1 end end return #v, good',
        ),
      gives: eachWayIn([256, 256]),
    },
    {
      says: 'all 256 bytes come out, and go in again as the same bytes',
      does: lua => {
        lua.execute('local all = {} for i = 0, 255 do all[i + 1] = string.char(i) end v = table.concat(all)')
        const { v } = lua.globals
        return [[...bytesOf(v)], inEachWay(lua, v, 'return v == _G.v')]
      },
      gives: [[...everyByte], eachWayIn([true])],
    },
    {
      says: 'bytes that are no UTF-8 keep their values on the way out and back',
      does: lua =>
        broken.map(numbers => [
          Object.values(outEachWay(lua, escaped(numbers))).map(text => Array.from(bytesOf(text as string))),
          lua.execute(`return ... == ${escaped(numbers)}`, lua.eval(escaped(numbers))),
        ]),
      gives: broken.map(numbers => [Object.values(eachWayOut(bytes(numbers))), true]),
    },
    {
      says: 'a lone surrogate that stands for no byte goes in as U+FFFD',
      does: lua => inEachWay(lua, 'a\ud800b', 'return v'),
      gives: eachWayIn(['a\ufffdb']),
    },
    {
      says: 'a part of a Buffer goes in as that part, an empty one as the empty string',
      does: lua => [
        inEachWay(lua, Buffer.from('abcdef').subarray(1, 3), 'return v'),
        inEachWay(lua, new Uint8Array(0), 'return v == ""'),
      ],
      gives: [eachWayIn(['bc']), eachWayIn([true])],
    },
    {
      says: 'bytes are copied: what a Buffer becomes later does not reach Lua',
      does: lua => {
        const buffer = Buffer.from('abc')
        lua.globals.text = buffer
        buffer.fill('z')
        return lua.globals.text
      },
      gives: 'abc',
    },
    {
      says: 'a string of a megabyte goes in and comes out whole',
      does: lua => {
        const long = 'abcdefgh\u0000é'.repeat(100_000)
        return [lua.execute('return ... == s', lua.execute('s = ... return s', long)), lua.globals.s === long]
      },
      gives: [true, true],
    },
    {
      says: "with encoding 'bytes' every string comes out as its bytes",
      options: { encoding: 'bytes' },
      does: lua => [outEachWay(lua, '"\\0\\195\\255"'), lua.execute('return #(...)', 'é')],
      gives: [eachWayOut(Uint8Array.of(0, 195, 255)), 2],
    },
    {
      says: "with encoding 'bytes' names of properties stay text",
      options: { encoding: 'bytes' },
      does: lua => [Object.keys(lua.eval('{name = 1}')), lua.eval('{name = 1}').name],
      gives: [['name'], 1],
    },
    {
      says: "with encoding 'latin1' a string has one character a byte, in both directions",
      options: { encoding: 'latin1' },
      does: lua => [
        outEachWay(lua, '"\\0\\195\\255"'),
        inEachWay(lua, 'é\u00ff', 'return #v, v:byte(1, -1)'),
        lua.eval('"é"'),
      ],
      gives: [eachWayOut('\u0000\u00c3\u00ff'), eachWayIn([2, 0xe9, 0xff]), 'é'],
    },
    {
      says: "with encoding 'latin1' a character above U+00FF is refused",
      options: { encoding: 'latin1' },
      does: lua => [attempt(() => lua.execute('return ...', '€')), attempt(() => lua.eval('"€"'))],
      gives: [
        expect.objectContaining({ code: 'LUA_STATE_VALUE_ENCODING' }),
        expect.objectContaining({ code: 'LUA_STATE_VALUE_ENCODING' }),
      ],
    },
    {
      says: 'source may be bytes, and holds any of them in its strings',
      does: lua => [...bytesOf(lua.execute(Buffer.from([...Buffer.from('return "a'), 255, 34])))],
      gives: [97, 255],
    },
  ],
}
