/** Limits of memory: what goes beyond maxMemory is an error, and the state goes on. */
import { expect } from 'vitest'
import { LuaMemoryError, type LuaState } from '../../../src/index.ts'
import { attempt } from '../attempt.ts'
import { unless, type Difference, type Open, type Row, type Topic } from '../row.ts'

const megabytes = 1024 * 1024
const limit = 8 * megabytes
const memoryError = expect.objectContaining({ name: 'LuaMemoryError' })
const refused = (): Difference =>
  unless(
    'memoryCap',
    'the option is refused',
    expect.objectContaining({ code: 'LUA_STATE_OPTION_UNSUPPORTED' }),
  )

/** Gives the refusal where the runtime has no cap. */
function withCap(open: Open, body: (lua: LuaState) => unknown): unknown {
  const lua = attempt(() => open({ maxMemory: limit })) as LuaState
  if (lua instanceof Error) return lua
  try {
    return body(lua)
  } finally {
    lua.close()
  }
}

/** Code that wants more than there is. */
const greedy: Record<string, string> = {
  'a table that grows': 'local t = {} for i = 1, 1e8 do t[i] = i end',
  'a string that doubles': 'local s = "x" while true do s = s .. s end',
  'one long string': 'return ("x"):rep(64 * 1024 * 1024)',
  'many small tables': 'local t = {} for i = 1, 1e8 do t = {t} end',
  'tables under pcall that are let go':
    'local function grow() local t = {} for i = 1, 1e8 do t[i] = i end end local ok, e = pcall(grow) error(e, 0)',
  'a coroutine that grows': 'coroutine.wrap(function() local t = {} for i = 1, 1e8 do t[i] = {} end end)()',
}

const greedyRows: Row[] = Object.entries(greedy).map(([what, chunk]) => ({
  says: `maxMemory ends ${what}, and the state goes on`,
  does: (_, open) =>
    withCap(open, lua => {
      const error = attempt(() => lua.execute(chunk))
      lua.collectGarbage()
      return [error, lua.execute('local t = {} for i = 1, 100 do t[i] = i end return #t')]
    }),
  gives: [memoryError, 100],
  differs: [refused()],
}))

export const memory: Topic = {
  title: 'Limits of memory',
  rows: [
    ...greedyRows,
    {
      says: 'the error of memory has the chunk and the line that ran',
      does: (_, open) =>
        withCap(open, lua => {
          const body = 'local t = {}\nfor i = 1, 1e8 do\n  t[i] = {i}\nend'
          const error = attempt(() => lua.compile(body, { name: 'rules' })()) as LuaMemoryError
          return [error instanceof LuaMemoryError, error.chunk, error.line]
        }),
      gives: [true, 'rules', 3],
      differs: [refused()],
    },
    {
      says: 'what JS puts in counts too: data that is too large is refused, and the state goes on',
      does: (_, open) =>
        withCap(open, lua => {
          const tooLong = attempt(() => (lua.globals.text = 'x'.repeat(2 * limit)))
          const tooMany = attempt(
            () => (lua.globals.list = Array.from({ length: 2_000_000 }, (_item, i) => i)),
          )
          lua.collectGarbage()
          return [tooLong, tooMany, lua.eval('1 + 1')]
        }),
      gives: [memoryError, memoryError, 2],
      differs: [refused()],
    },
    {
      says: 'what fits under maxMemory works as ever, callbacks and errors too',
      does: (_, open) =>
        withCap(open, lua => {
          lua.globals.fail = () => {
            throw new Error('x')
          }
          const count = lua.execute('local t = {} for i = 1, 20000 do t[i] = i end return #t')
          return [
            count,
            lua.execute('local ok, e = pcall(fail) return e.message'),
            (lua.memoryUsed() ?? 0) < limit,
          ]
        }),
      gives: [20_000, 'x', true],
      differs: [refused()],
    },
    {
      says: 'garbage counts only until it is collected: a long run under the cap ends well',
      does: (_, open) =>
        withCap(open, lua =>
          lua.execute('local n = 0 for i = 1, 200000 do local t = {i} n = n + #t end return n'),
        ),
      gives: 200_000,
      differs: [refused()],
    },
  ],
}
