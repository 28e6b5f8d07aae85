/** Options of openLua, and what a state says of itself. */
import { expect } from 'vitest'
import { openLua, type LuaOptions, type LuaState } from '../../../src/index.ts'
import { attempt, attemptAsync } from '../attempt.ts'
import { unless, type Open, type Topic } from '../row.ts'

const refusal = (code: string) => expect.objectContaining({ name: 'LuaStateError', code })
const unsupported = refusal('LUA_STATE_OPTION_UNSUPPORTED')

/** What opening with these options gives: the error, or what the body gives. */
function opened(open: Open, options: unknown, body: (lua: LuaState) => unknown): unknown {
  const lua = attempt(() => open(options as LuaOptions)) as LuaState
  if (lua instanceof Error) return lua
  try {
    return body(lua)
  } finally {
    lua.close()
  }
}

export const options: Topic = {
  title: 'Options',
  rows: [
    {
      says: 'an unknown option and a wrong value are refused',
      does: (_, open) =>
        [{ packagepath: [] }, { encoding: 'utf-16' }, { libraries: ['net'] }, { callTimeout: -1 }, []].map(
          given => opened(open, given, () => 'opened'),
        ),
      gives: [
        refusal('LUA_STATE_OPTION_UNKNOWN'),
        ...[1, 2, 3, 4].map(() => refusal('LUA_STATE_OPTION_INVALID')),
      ],
    },
    {
      says: 'requireVersion takes the version of the runtime and refuses any other',
      does: (lua, open) => [
        opened(open, { requireVersion: lua.version }, () => 'opened'),
        opened(open, { requireVersion: '4.0' }, () => 'opened'),
      ],
      gives: ['opened', refusal('LUA_STATE_VERSION_MISMATCH')],
    },
    {
      says: 'the option `library` names the shared library of the runtime',
      does: lua => attemptAsync(() => openLua(lua.runtime, { library: '/no/such/library.so' })),
      gives: expect.objectContaining({ message: expect.stringContaining('/no/such/library.so') }),
      differs: [unless('cModules', 'the option is refused', unsupported)],
    },
    {
      says: 'the option `jit` switches the compiler off',
      does: (_, open) => opened(open, { jit: false }, lua => lua.eval('(jit.status())')),
      gives: false,
      differs: [unless('compiler', 'there is none: the option is refused', unsupported)],
    },
    {
      says: 'a state says where it was opened',
      does: lua => lua.openedAt,
      gives: {
        file: expect.stringContaining('conform.ts'),
        line: expect.any(Number),
        column: expect.any(Number),
      },
    },
    {
      says: 'states do not see each other',
      does: (lua, open) => {
        lua.execute('x = 1 string.extra = 1')
        return opened(open, undefined, other => [other.globals.x, other.eval('string.extra')])
      },
      gives: [undefined, undefined],
    },
    {
      says: 'a baseline tells what changed since, deeply, and puts it back',
      does: lua => {
        lua.execute('kept = 1 gone = 2 config = {deep = {x = 1}}')
        const baseline = lua.baseline()
        const before = baseline.diff()
        lua.execute(
          'added = true kept = 2 gone = nil string.upper = nil config.deep.x = 2 package.loaded.rules = {}',
        )
        const paths = baseline.diff().map(({ kind, path }) => `${kind} ${path}`)
        baseline.restore()
        return [before, paths.toSorted(), baseline.diff(), lua.eval('("ok"):upper()')]
      },
      gives: [
        [],
        [
          'added added',
          'added package.loaded.rules',
          'changed config.deep.x',
          'changed kept',
          'removed gone',
          'removed string.upper',
        ],
        [],
        'OK',
      ],
    },
  ],
}
