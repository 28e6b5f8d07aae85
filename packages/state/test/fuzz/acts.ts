/** What each kind of operation does. What it returns or throws is observed by `perform.ts`. */
import {
  entriesOf,
  getKey,
  lengthOf,
  LuaError,
  setKey,
  toJS,
  type LuaCoroutine,
  type LuaState,
} from '../../src/index.ts'
import { callbackThat } from './callback.ts'
import { observe, observeError, type Observation } from './observe.ts'
import type { Fields, Kind, Outcome } from './operations.ts'
import { chunks, coroutines, routes, type RouteName, type Use } from './vocabulary.ts'
import type { World } from './world.ts'

export type Act<K extends Kind> = (world: World, fields: Fields<K>) => unknown

export const acts: { readonly [K in Kind]: Act<K> } = {
  setGlobal: ({ lua }, { name, value }) => void (lua.globals[name] = value),
  readGlobal: ({ lua }, { name }) => lua.globals[name],
  readPlain: ({ lua }, { name }) => toJS(lua.globals[name]),
  readEntries: ({ lua }, { name }) => entriesOf(lua.globals[name]).length,
  setProperty: ({ lua }, { name, property, value }) => void (tableIn(lua, name)[property] = value),
  getProperty: ({ lua }, { name, property }) => tableIn(lua, name)[property],
  deleteProperty: ({ lua }, { name, property }) => delete tableIn(lua, name)[property],
  setKey: ({ lua }, { name, key, value }) => setKey(lua.globals[name], key, value),
  getKey: ({ lua }, { name, key }) => getKey(lua.globals[name], key),
  lengthOf: ({ lua }, { sequence }) => lengthOf(lua.table(sequence)),
  call: ({ lua }, { chunk, values }) => lua.execute.all(chunks[chunk], ...values),
  run: ({ lua }, { program, values }) => lua.execute(program, ...values),
  raise: ({ lua }, { value }) => raised(() => lua.execute('error((...), 0)', value)),
  raiseSyntax: ({ lua }, { text }) => lua.compile(`x x ${text}`),
  callBack: ({ lua }, { route, values, outcome }) => callBack(lua, route, values, outcome),
  nest: ({ lua }, { depth, outcome }) => nest(lua, depth, callbackThat(outcome)),
  startCoroutine: (world, { slot, body }) => {
    world.coroutines[slot] = world.lua.execute(coroutines[body]) as LuaCoroutine
  },
  resume: (world, { slot, values }) => {
    const coroutine = world.coroutines[slot]
    return [attempt(() => coroutine?.resume.all(...values)), attempt(() => coroutine?.status)]
  },
  iterate: (world, { slot, times }) => takeFrom(world.coroutines[slot], times),
  keepTable: (world, { slot, value }) => {
    world.handles[slot] = world.lua.execute('return {...}', value)
  },
  keepGlobal: (world, { slot, name }) => {
    world.handles[slot] = world.lua.globals[name]
  },
  dropHandle: (world, { slot }) => {
    world.handles[slot] = undefined
  },
  setHandle: ({ handles }, { slot, key, value }) => setKey(handles[slot], key, value),
  readHandle: ({ handles }, { slot }) => handles[slot],
  assignHandle: ({ lua, handles }, { slot, name }) => void (lua.globals[name] = handles[slot]),
  linkHandles: ({ handles }, { slot, key, other }) => setKey(handles[slot], key, handles[other]),
  takeBaseline: world => {
    world.baseline = world.lua.baseline()
  },
  diffBaseline: ({ baseline }) =>
    baseline
      ?.diff()
      .flatMap(({ kind, path }) => (/^[abc]$/.test(path) ? [`${path} ${kind}`] : []))
      .toSorted(),
  restoreBaseline: ({ baseline }) => {
    baseline?.restore()
    return baseline?.diff().length
  },
  collectGarbage: ({ lua }) => lua.collectGarbage(),
  close: ({ lua }) => lua.close(),
  reopen: ({ reopen }) => reopen(),
  use: ({ lua }, { way }) => use(lua, way),
}

/** What is no table is refused: properties of a string or a function of JS say nothing of Lua. */
function tableIn(lua: LuaState, name: string): Record<string, unknown> {
  const found = lua.globals[name]
  entriesOf(found)
  return found
}

function attempt(body: () => unknown): Observation {
  try {
    return observe(body())
  } catch (error) {
    return observeError(error)
  }
}

/** The value of an error that Lua code raised without a place: the same everywhere, also if it is text. */
function raised(body: () => unknown): unknown {
  try {
    return body()
  } catch (error) {
    if (error instanceof LuaError) return [error.name, error.value]
    throw error
  }
}

function callBack(lua: LuaState, route: RouteName, values: unknown[], outcome: Outcome): unknown {
  const heard: Observation[] = []
  const callback = callbackThat(outcome, args => heard.push(observe(args)))
  return [attempt(() => lua.execute.all(routes[route], callback, ...values)), heard]
}

function takeFrom(coroutine: LuaCoroutine | undefined, times: number): unknown[] {
  const taken: unknown[] = []
  for (const value of coroutine ?? []) if (taken.push(value) > times) break
  return taken
}

function nest(lua: LuaState, depth: number, bottom: () => unknown): unknown {
  const down = (level: number): unknown =>
    level === 0 ? bottom() : lua.execute('local down, level = ... return down(level)', down, level - 1)
  return down(depth)
}

function use(lua: LuaState, way: Use): unknown {
  switch (way) {
    case 'eval':
      return lua.eval('1')
    case 'compile':
      return lua.compile('return ...')(2)
    case 'table':
      return lua.table({ x: [1] })
    case 'globals':
      return typeof lua.globals
    case 'baseline':
      return lua.baseline().diff().length
    case 'closed':
      return lua.closed
    case 'memory':
      return lua.memoryUsed() === undefined || true
  }
}
