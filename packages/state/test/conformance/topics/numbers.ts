/** Numbers in both directions: integers and their borders, floats and the odd ones among them. */
import { LuaStateRangeError, type LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { bits, on, type Topic } from '../row.ts'
import { comesBackInEachWay, eachWayIn, eachWayOut, inEachWay, outEachWay } from '../ways.ts'
import { expect } from 'vitest'

const plain = [0, 1, -1, 42, 0.5, -1.25, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 2 ** 32, 1e15]
const safest = Number.MAX_SAFE_INTEGER
const extreme = [safest, -safest, 2 ** 53, 2 ** 63, -(2 ** 63), 2 ** 64, 1e300, Number.MIN_VALUE]
const odd = [-0, Infinity, -Infinity, Number.NaN]

const allTrue = (values: readonly unknown[]) => values.map(() => eachWayIn(true))

const kind = (lua: LuaState, value: unknown) => inEachWay(lua, value, 'return math.type and math.type(v)')
const noKinds = on(['luajit', '5.1', '5.2'], 'numbers have no subtypes', eachWayIn([undefined]))

const tooLarge = expect.objectContaining({
  name: 'LuaStateRangeError',
  code: 'LUA_STATE_VALUE_RANGE',
}) as LuaStateRangeError

/** What a bigint becomes, or why it can't go in. */
const bigints = (lua: LuaState, values: readonly bigint[]) =>
  values.map(value => attempt(() => lua.execute('return ...', value)))

const minusOne = '-9223372036854775807 - 1'

export const numbers: Topic = {
  title: 'Numbers',
  rows: [
    {
      says: 'numbers go in and come out as the same number',
      does: lua => plain.map(value => comesBackInEachWay(lua, value)),
      gives: allTrue(plain),
    },
    {
      says: 'numbers at the border of what is exact, and far beyond, come out as the same number',
      does: lua => extreme.map(value => comesBackInEachWay(lua, value)),
      gives: allTrue(extreme),
    },
    {
      says: '-0, the infinities and NaN come out as themselves',
      does: lua => odd.map(value => comesBackInEachWay(lua, value)),
      gives: allTrue(odd),
    },
    {
      says: '-0 is a negative zero inside Lua too',
      does: lua => inEachWay(lua, -0, 'return 1 / v'),
      gives: eachWayIn([-Infinity]),
    },
    {
      says: 'a whole number that goes in is an integer of Lua',
      does: lua => kind(lua, -5),
      gives: eachWayIn(['integer']),
      differs: [noKinds],
    },
    {
      says: 'whole numbers of more than 32 bits are integers too, while they are exact',
      does: lua => kind(lua, safest),
      gives: eachWayIn(['integer']),
      differs: [noKinds, bits(32, 'they are floats', eachWayIn(['float']))],
    },
    {
      says: 'fractions, -0 and what is beyond the exact whole numbers are floats',
      does: lua => [1.5, -0, 2 ** 53].map(value => kind(lua, value)),
      gives: [eachWayIn(['float']), eachWayIn(['float']), eachWayIn(['float'])],
      differs: [
        on(['luajit', '5.1', '5.2'], 'numbers have no subtypes', [
          eachWayIn([undefined]),
          eachWayIn([undefined]),
          eachWayIn([undefined]),
        ]),
      ],
    },
    {
      says: 'a bigint is an integer of Lua, and comes out as a number where that is exact',
      does: lua => inEachWay(lua, 7n, 'return v, v + 1'),
      gives: eachWayIn([7, 8]),
    },
    {
      says: 'bigints of 32 to 53 bits go in whole',
      does: lua => bigints(lua, [2n ** 31n, 2n ** 53n - 1n, -(2n ** 53n) + 1n]),
      gives: [2 ** 31, safest, -safest],
      differs: [bits(32, 'beyond 32 bits a bigint is refused', [tooLarge, tooLarge, tooLarge])],
    },
    {
      says: 'bigints up to the border of 64 bits go in and come out as the same bigint',
      does: lua => bigints(lua, [2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)]),
      gives: [2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)],
      differs: [
        bits(53, 'beyond 53 bits a bigint is refused', [tooLarge, tooLarge, tooLarge]),
        bits(32, 'beyond 32 bits a bigint is refused', [tooLarge, tooLarge, tooLarge]),
      ],
    },
    {
      says: 'a bigint beyond 64 bits is refused with a LuaStateRangeError',
      does: lua => bigints(lua, [2n ** 63n, -(2n ** 63n) - 1n]),
      gives: [tooLarge, tooLarge],
    },
    {
      says: 'integers and floats of Lua come out as numbers',
      does: lua => ['0', '-7', '2147483647', '0.5', '1e300', '1.0'].map(value => outEachWay(lua, value)),
      gives: [0, -7, 2147483647, 0.5, 1e300, 1].map(eachWayOut),
    },
    {
      says: '-0, infinities and NaN of Lua come out as themselves',
      does: lua => ['-0.0', '1/0', '-1/0', '0/0'].map(value => outEachWay(lua, value)),
      gives: odd.map(eachWayOut),
    },
    {
      says: 'the largest exact whole numbers come out as numbers',
      does: lua => ['9007199254740991', '-9007199254740991'].map(value => outEachWay(lua, value)),
      gives: [safest, -safest].map(eachWayOut),
    },
    {
      says: 'an integer that is not exact as a number comes out as a bigint',
      does: lua => outEachWay(lua, '9007199254740993'),
      gives: eachWayOut(2n ** 53n + 1n),
      differs: [
        bits(53, 'it is a float, and inexact', eachWayOut(2 ** 53)),
        bits(32, 'it is a float, and inexact', eachWayOut(2 ** 53)),
      ],
    },
    {
      says: 'the largest and the smallest integer of 64 bits come out as bigints',
      does: lua => ['9223372036854775807', minusOne].map(value => outEachWay(lua, value)),
      gives: [2n ** 63n - 1n, -(2n ** 63n)].map(eachWayOut),
      differs: [
        bits(53, 'they are floats, and inexact', [2 ** 63, -(2 ** 63)].map(eachWayOut)),
        bits(32, 'they are floats, and inexact', [2 ** 63, -(2 ** 63)].map(eachWayOut)),
      ],
    },
    {
      says: 'integers wrap around at the border of 64 bits',
      does: lua => lua.execute.all('return 2147483647 + 1, 9223372036854775807 + 1'),
      gives: [2 ** 31, -(2n ** 63n)],
      differs: [
        bits(53, 'they become inexact instead', [2 ** 31, 2 ** 63]),
        bits(32, 'they wrap at 32 bits', [-(2 ** 31), 2 ** 63]),
      ],
    },
  ],
}
