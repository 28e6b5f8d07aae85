/** Asked through the inspector from outside, in the middle of Lua that does not end. */
import { setTimeout as after } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import type { RunningLua, RuntimeName } from '../../src/index.ts'
import { inspect, type Inspected } from './inspected.ts'
import { startProgram } from './start-program.ts'

/** Each line that runs for ever is not the first of its function, and comes from where it never is again. */
const endless: readonly (readonly [string, string, readonly string[]])[] = [
  ['a loop', 'ready()\nlocal x = 0\nwhile true do\n  x = x + 1\nend', ['main chunk:4']],
  [
    'a loop in a function',
    'local function f()\nlocal x = 0\nfor i = 1, 10 do x = i end\nwhile true do\nx = x + 1 end\nend\nready()\nf()\n',
    ['f:5', 'main chunk:8'],
  ],
  [
    'a loop in coroutines',
    `ready()
    coroutine.wrap(function()
      local inner = coroutine.create(function()
        local x = 1
        while true do x = x + 1 end
      end)
      coroutine.resume(inner)
    end)()`,
    ['function:5', 'function:7', 'main chunk:2'],
  ],
  [
    'a loop in pcall',
    'ready()\npcall(function()\nlocal x = 1\nwhile true do x = x + 1 end end)',
    ['function:4', 'main chunk:2'],
  ],
  [
    'a loop in a metamethod',
    'local t = setmetatable({}, { __add = function(a, b)\nlocal x\nwhile true do end end })\nready()\nlocal _ = t + 1',
    ['*:3', 'main chunk:5'],
  ],
  [
    'a loop in Lua that JS called from Lua',
    `ready()
    callFromJs(function()
      callFromJs(function()
        local x = 0
        while true do x = x + 1 end
      end)
    end)`,
    ['function:5', 'function:3', 'main chunk:2'],
  ],
  [
    'a loop in a coroutine that JS resumed inside of another',
    `local inner = coroutine.create(function()
      local x = 1
      while true do x = x + 1 end
    end)
    ready()
    coroutine.wrap(function() resumeFromJs(inner) end)()`,
    ['function:3', 'function:6', 'main chunk:6'],
  ],
  ['a loop of JS', 'local function f()\nloopInJs()\nend\nready()\nf()', ['f:2', 'main chunk:5']],
  ['strings without end', 'ready()\nlocal s\nwhile true do\ns = ("x"):rep(1e6)\nend', ['main chunk:4']],
  [
    'a pattern that takes for ever',
    'local function find()\nreturn (("a"):rep(40):find(("a?"):rep(40) .. ("a"):rep(41)))\nend\nready()\nlocal x = find()',
    ['find:2', 'main chunk:5'],
  ],
]

vi.setConfig({ testTimeout: 60_000 })

type Ask = (inspected: Inspected) => Promise<unknown>

const expression = 'JSON.stringify(runningLua())'
const interrupting: Ask = inspected => inspected.evaluate(expression)
const pausing: Ask = async inspected => {
  const told = await inspected.evaluatePaused(expression)
  await inspected.resume()
  return told
}

/** Asked again as a pool does, and until it has come to what does not end: a busy machine may take its time. */
async function whereItIs(
  runtime: RuntimeName,
  chunk: string,
  ask: Ask,
  expected: readonly string[],
): Promise<string[]> {
  const inspected = await inspect(await startProgram({ runtime, chunk }))
  await ask(inspected)
  let told: string[] = []
  for (let asked = 0; asked < MOST_ASKED && !isDeepStrictEqual(told, expected); asked++) {
    await after(20)
    told = (await askOnce(runtime, inspected, ask)).map((line, index) => withoutName(line, expected[index]))
  }
  return told
}

const MOST_ASKED = 50

/** Metamethods are called by several names. */
function withoutName(line: string, expected: string | undefined): string {
  return expected?.startsWith('*') ? line.replace(/^\w+/, '*') : line
}

async function askOnce(runtime: RuntimeName, inspected: Inspected, ask: Ask): Promise<string[]> {
  const running = JSON.parse((await ask(inspected)) as string) as RunningLua[]
  expect(running).toMatchObject([{ runtime, frames: running[0]?.frames.map(() => ({ chunk: 'endless' })) }])
  return (running[0]?.frames ?? []).map(({ name, line }) => `${name}:${line}`)
}

describe.each(['fengari', 'wasmoon'] as const)('on %s, in the middle of it,', runtime => {
  test.each(endless)('%s tells its lines', async (_, chunk, lines) => {
    expect(await whereItIs(runtime, chunk, interrupting, lines)).toEqual(lines)
  })

  test('a debugger that pauses it is told too', async () => {
    for (const [, chunk, lines] of [endless[2], endless[9]] as typeof endless)
      expect(await whereItIs(runtime, chunk, pausing, lines)).toEqual(lines)
  })
})

describe.each(['luajit', 'lua5.1', 'lua5.2', 'lua5.3', 'lua5.4'] as const)('on %s', runtime => {
  test('a loop of JS inside of Lua tells where Lua waits for it', async () => {
    const chunk = 'local function f()\nloopInJs()\nend\nready()\ncoroutine.wrap(function() f() end)()'
    const lines = ['f:2', 'function:5', 'main chunk:5']
    expect(await whereItIs(runtime, chunk, interrupting, lines)).toEqual(lines)
  })
})
