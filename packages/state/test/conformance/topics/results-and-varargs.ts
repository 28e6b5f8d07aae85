/** Results and varargs: one value or all, and nil wherever it stands. */
import { expect } from 'vitest'
import { multiReturn } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { on, type Topic } from '../row.ts'

const list = (length: number) => Array.from({ length }, (_, index) => index + 1)
const count = 'return select("#", ...)'

export const resultsAndVarargs: Topic = {
  title: 'Results and varargs',
  rows: [
    {
      says: 'a call gives its first value, `.all` every one',
      does: lua => [
        lua.execute('return 1, nil, 3'),
        lua.execute.all('return 1, nil, 3'),
        lua.eval.all('1, nil, 3'),
        lua.eval.all('select("#", ...), ...', 'a', null),
        lua.compile('return ...').all('a', 'b'),
      ],
      gives: [1, [1, undefined, 3], [1, undefined, 3], [2, 'a', undefined], ['a', 'b']],
    },
    {
      says: 'no result is undefined and an empty list; nil is a result',
      does: lua => [
        lua.execute('local x'),
        lua.execute.all('local x'),
        lua.execute.all('return nil'),
        lua.execute.all('return nil, nil'),
      ],
      gives: [undefined, [], [undefined], [undefined, undefined]],
    },
    {
      says: 'nil at the end of the arguments counts, and in the middle',
      does: lua => [
        lua.execute(count),
        lua.execute(count, undefined),
        lua.execute(count, 1, null, 3, undefined),
        lua.execute.all('return ...', 1, undefined, 3, null),
      ],
      gives: [0, 1, 4, [1, undefined, 3, undefined]],
    },
    {
      says: '250 arguments and results go through chunks, functions and coroutines',
      does: lua => {
        const many = list(250)
        const echo = lua.compile('return ...')
        const coroutine = lua.eval('coroutine.create(function(...) coroutine.yield(...) end)')
        return [lua.execute(count, ...many), echo.all(...many), coroutine.resume.all(...many)]
      },
      gives: [250, list(250), list(250)],
    },
    {
      says: '250 arguments reach a callback, among them nils',
      does: lua => {
        const taken: unknown[][] = []
        lua.globals.take = (...args: unknown[]) => void taken.push(args)
        lua.execute('take(...) take(nil, ...) take() take(nil) take(1, nil, 3, nil)', ...list(250))
        return taken
      },
      gives: [list(250), [undefined, ...list(250)], [], [undefined], [1, undefined, 3, undefined]],
    },
    {
      says: '5,000 arguments and results go through',
      does: lua => {
        const taken: number[] = []
        lua.globals.take = (...args: unknown[]) => taken.push(args.length)
        const given = lua.execute.all('take(...) return ...', ...list(5000))
        return [taken, given.length, given[4999]]
      },
      gives: [[5000], 5000, 5000],
    },
    {
      says: '50,000 arguments go through',
      does: lua => attempt(() => lua.execute(count, ...list(50_000))),
      gives: 50_000,
      differs: [
        on(
          ['luajit', '5.1'],
          'they are more than its stack for C functions holds, which is an error',
          expect.any(Error),
        ),
      ],
    },
    {
      says: 'multiReturn makes a callback give several values, nil among them, or none',
      does: lua => {
        lua.globals.give = (...values: unknown[]) => multiReturn(...values)
        return [
          lua.execute.all('return give(1, nil, 3)'),
          lua.execute('return select("#", give())'),
          lua.execute('return select("#", give(...))', ...list(250)),
          lua.execute.all('return coroutine.wrap(function() return give("a", nil) end)()'),
        ]
      },
      gives: [[1, undefined, 3], 0, 250, ['a', undefined]],
    },
    {
      says: 'as a value itself a multiReturn is refused',
      does: lua => [
        attempt(() => lua.execute('return ...', multiReturn(1))),
        attempt(() => lua.table({ deep: [multiReturn(1)] })),
      ],
      gives: [1, 2].map(() => expect.objectContaining({ code: 'LUA_STATE_VALUE_MULTIPLE' })),
    },
    {
      says: 'otherwise a callback gives exactly one value, also undefined and an array',
      does: lua => {
        const chunk = 'local f = ... return select("#", f()), type(f())'
        return [undefined, 1, [1, 2]].map(value => lua.execute.all(chunk, () => value))
      },
      gives: [
        [1, 'nil'],
        [1, 'number'],
        [1, 'table'],
      ],
    },
    {
      says: 'what Lua forwards as `...` arrives as it was',
      does: lua => {
        lua.globals.take = (...args: unknown[]) => args.length
        return lua.execute.all(
          'local function forward(...) return take(...) end return forward(), forward(nil), forward(1, nil), forward(nil, nil, nil)',
        )
      },
      gives: [0, 1, 2, 3],
    },
    {
      says: 'a varargs function cuts and counts as Lua does',
      does: lua =>
        lua.execute.all(
          'return select(2, ...), (select(2, ...)), select("#", ...), select(-1, ...)',
          'a',
          'b',
          'c',
        ),
      gives: ['b', 'b', 3, 'c'],
    },
    {
      says: 'a chunk and an expression must be text or bytes',
      does: lua => [
        attempt(() => lua.execute(7 as unknown as string)),
        attempt(() => lua.eval(undefined as unknown as string)),
        attempt(() => lua.compile({} as unknown as string)),
      ],
      gives: list(3).map(() => expect.objectContaining({ code: 'LUA_STATE_CHUNK_INVALID' })),
    },
  ],
}
