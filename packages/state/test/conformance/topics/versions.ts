/** What the version of the language decides: syntax, numbers, metamethods. Each runtime is what its version says. */
import { expect } from 'vitest'
import { LuaSyntaxError } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { bits, on, type Dialect, type Difference, type Topic } from '../row.ts'

const syntaxError = expect.any(LuaSyntaxError)
const before53 = ['luajit', '5.1', '5.2'] as const
const lacking = (dialects: readonly Dialect[], gives: unknown, words = 'not there'): Difference =>
  on(dialects, words, gives)

export const versions: Topic = {
  title: 'Versions of the language',
  rows: [
    {
      says: 'integers and floats are two kinds of number',
      does: lua =>
        lua.execute.all('return tostring(10 / 2), math.type and math.type(3), tostring(2^53 == 2^53 + 1)'),
      gives: ['5.0', 'integer', 'true'],
      differs: [lacking(before53, ['5', undefined, 'true'], 'there is one kind')],
    },
    {
      says: '`//` divides integers',
      does: lua => attempt(() => lua.eval.all('7 // 2, -7 // 2, 7.5 // 2')),
      gives: [3, -4, 3],
      differs: [lacking(before53, syntaxError, 'a syntax error')],
    },
    {
      says: 'dividing an integer by zero with `%` is an error',
      does: lua => attempt(() => lua.eval('1 % 0')),
      gives: expect.objectContaining({ name: 'LuaError' }),
      differs: [lacking(before53, Number.NaN, 'it is NaN')],
    },
    {
      says: 'operators work on the bits of integers',
      does: lua => attempt(() => lua.eval.all('6 & 3, 6 | 3, 6 ~ 3, ~0, 1 << 4, 256 >> 4')),
      gives: [2, 7, 5, -1, 16, 16],
      differs: [lacking(before53, syntaxError, 'a syntax error')],
    },
    {
      says: 'integers have 64 bits: `math.maxinteger`, shifts and hexadecimal numerals',
      does: lua => attempt(() => lua.eval.all('math.maxinteger, 1 << 62, 0xffffffffffffffff')),
      gives: [2n ** 63n - 1n, 2n ** 62n, -1],
      differs: [
        lacking(before53, syntaxError, 'there are none'),
        bits(32, 'they have 32', [2 ** 31 - 1, 0, -1]),
      ],
    },
    {
      says: '`ipairs` obeys `__index`',
      does: lua =>
        lua.execute(`local t = setmetatable({}, {__index = function(_, i) if i < 4 then return i end end})
          local n = 0 for _ in ipairs(t) do n = n + 1 end return n`),
      gives: 3,
      differs: [lacking(before53, 0, 'it does not')],
    },
    {
      says: '`goto` jumps',
      does: lua => attempt(() => lua.execute('do goto out end x = 1 ::out:: return "jumped"')),
      gives: 'jumped',
      differs: [lacking(['5.1'], syntaxError, 'a syntax error')],
    },
    {
      says: 'strings have the escapes `\\x` and `\\z`',
      does: lua => lua.eval('"\\x41\\z   B"'),
      gives: 'AB',
      differs: [lacking(['5.1'], 'x41z   B', 'they stand for their letters')],
    },
    {
      says: 'strings have the escape `\\u{...}`',
      does: lua => attempt(() => lua.eval('"\\u{20ac}"')),
      gives: '€',
      differs: [
        lacking(['5.1'], 'u{20ac}', 'it stands for its letter'),
        lacking(['5.2'], syntaxError, 'a syntax error'),
      ],
    },
    {
      says: '`_ENV` is the environment of a chunk',
      does: lua => lua.execute('local _ENV = {x = 5} return x'),
      gives: 5,
      differs: [lacking(['luajit', '5.1'], undefined, 'setfenv sets it instead')],
    },
    {
      says: '`<const>` is checked by the compiler',
      does: lua => attempt(() => lua.execute('local x <const> = 1; x = 2')),
      gives: expect.objectContaining({
        message: expect.stringContaining("attempt to assign to const variable 'x'"),
      }),
      differs: [lacking(['luajit', '5.1', '5.2', '5.3'], syntaxError, 'a syntax error')],
    },
    {
      says: '`1LL` is a syntax error',
      does: lua =>
        attempt(() => {
          const one = lua.eval('1LL')
          return [{ ...one }, lua.execute.all('local v = ... return v + 1 == 2, type(v)', one)]
        }),
      gives: syntaxError,
      differs: [
        lacking(
          ['luajit'],
          [{ type: 'userdata' }, [true, 'cdata']],
          'it is an integer of its ffi: opaque, and the same when it goes back',
        ),
      ],
    },
  ],
}
