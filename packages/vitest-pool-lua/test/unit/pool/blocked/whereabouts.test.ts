import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { whereabouts } from '../../../../src/pool/blocked/whereabouts.ts'
import type { BlockedPlace } from '../../../../src/protocol/blocked-place.ts'

const ROOT = '/project'
const STACK = [
  '    at wait (/project/src/wait.ts:3:5)',
  '    at /project/test/wait.test.ts:9:7',
  '    at file:///project/node_modules/vitest/dist/index.js:1:1',
]
const FRAMES = [
  { chunk: '/project/lua/rules.lua', line: 12, name: 'spin' },
  { chunk: '[string "spin()"]', line: 1, name: 'main chunk' },
]
const LUA = { runtime: 'wasmoon', frames: FRAMES }

function place(changes: Partial<BlockedPlace>): BlockedPlace {
  return { stack: STACK.join('\n'), lua: [], aboveLua: 0, test: null, ...changes }
}

describe('where a worker was', () => {
  test('is the function of the project that did not return', () => {
    expect(whereabouts({ kind: 'place', place: place({}) }, ROOT)).toEqual({
      words: 'It was in wait, src/wait.ts:3:5.',
      frames: STACK,
      at: { file: '/project/src/wait.ts', line: 3, column: 5 },
      luaFiles: [],
    })
  })

  test('is a line where the function has no name', () => {
    const { words } = whereabouts({ kind: 'place', place: place({ stack: STACK[1] ?? '' }) }, ROOT)
    expect(words).toBe('It was at test/wait.test.ts:9:7.')
  })

  test('is told by the line of the project, though a dependency or a function of JavaScript did not return', () => {
    const stack = [
      '    at Atomics.wait (<anonymous>)',
      '    at lock (/project/node_modules/locks/index.js:1:1)',
      ...STACK,
    ].join('\n')
    expect(whereabouts({ kind: 'place', place: place({ stack }) }, ROOT)).toMatchObject({
      words: 'It was in Atomics.wait, src/wait.ts:3:5.',
      at: { file: '/project/src/wait.ts' },
    })
    const foreign = place({ stack: '    at lock (/project/node_modules/locks/index.js:1:1)' })
    expect(whereabouts({ kind: 'place', place: foreign }, ROOT).words).toBe(
      'It was in lock, node_modules/locks/index.js:1:1.',
    )
  })

  test('is Lua, whose frames come first', () => {
    expect(whereabouts({ kind: 'place', place: place({ lua: [LUA] }) }, ROOT)).toEqual({
      words: 'It was in Lua (wasmoon), lua/rules.lua:12:1.',
      frames: [
        '    at spin (/project/lua/rules.lua:12:1)',
        '    at main chunk ([string "spin()"], line 1)',
        ...STACK,
      ],
      at: { file: '/project/lua/rules.lua', line: 12, column: 1 },
      luaFiles: ['/project/lua/rules.lua'],
    })
  })

  test('is the function that Lua called, whose frames come before those of Lua', () => {
    const { words, frames } = whereabouts({ kind: 'place', place: place({ lua: [LUA], aboveLua: 1 }) }, ROOT)
    expect(words).toBe('It was in wait, src/wait.ts:3:5.')
    expect(frames.map(frame => frame.trim())).toEqual([
      'at wait (/project/src/wait.ts:3:5)',
      'at spin (/project/lua/rules.lua:12:1)',
      'at main chunk ([string "spin()"], line 1)',
      'at /project/test/wait.test.ts:9:7',
      'at file:///project/node_modules/vitest/dist/index.js:1:1',
    ])
  })

  test('is not known in a chain that has no function', () => {
    expect(whereabouts({ kind: 'place', place: place({ stack: '' }) }, ROOT)).toEqual({
      words:
        'It was in no function of the project: a chain of promises, ticks or immediates may have no end.',
      frames: [],
      at: null,
      luaFiles: [],
    })
  })

  test('is what it wrote down before, if it could not be asked', () => {
    const stack = STACK.join('\n')
    expect(whereabouts({ kind: 'call', call: "execSync('sleep 9')", stack }, ROOT)).toEqual({
      words: "It was in execSync('sleep 9'), src/wait.ts:3:5.",
      frames: STACK,
      at: { file: '/project/src/wait.ts', line: 3, column: 5 },
      luaFiles: [],
    })
    expect(whereabouts({ kind: 'ending', call: 'process.exit(3)', stack: '' }, ROOT).words).toBe(
      'It had called process.exit(3).',
    )
    expect(whereabouts({ kind: 'stuck', lua: LUA }, ROOT)).toMatchObject({
      words: 'It was in Lua (wasmoon), lua/rules.lua:12:1.',
      at: { line: 12 },
    })
    expect(whereabouts({ kind: 'nothing' }, ROOT).words).toMatch(/^It could not be asked where it was: /)
  })

  test('has whole paths of Lua files, which Lua may know by shorter ones', () => {
    const own = fileURLToPath(import.meta.url)
    const chunk = own.slice(resolve('.').length + 1)
    const frames = [
      { chunk, line: 0, name: null },
      { chunk: 'nowhere.lua', line: 2, name: 'f' },
    ]
    const { frames: lines } = whereabouts({ kind: 'stuck', lua: { runtime: 'lua5.4', frames } }, ROOT)
    expect(lines).toEqual([`    at function (${own}:1:1)`, '    at f (nowhere.lua, line 2)'])
  })
})
