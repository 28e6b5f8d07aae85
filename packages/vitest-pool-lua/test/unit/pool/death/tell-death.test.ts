import { describe, expect, test } from 'vitest'
import type { BlockedPlace } from '../../../../src/protocol/blocked-place.ts'
import type { Limit } from '../../../../src/pool/journal/deadline.ts'
import type { Life } from '../../../../src/pool/life/life.ts'
import { tellDeath } from '../../../../src/pool/death/tell-death.ts'
import type { ToldDeath } from '../../../../src/pool/death/tell-death.ts'
import { MEGABYTE, testName } from '../../samples.ts'
import { live } from '../life/small-life.ts'

const IN_TEST = `write({ type: 'collected', sequential: [], rss: 60_000_000 })
  write({ type: 'test-began', test: { id: 'id of adds', fullName: 'adds' }, rss: 80_000_000 });`
const DIES = 'process.kill(process.pid, "SIGKILL")'

/** A real worker's death. */
async function died(script: string, ended: (life: Life) => void = () => {}): Promise<ToldDeath> {
  const life = await live(script)
  const gone = await life.gone
  ended(life)
  return tellDeath(life, gone, '/project')
}

function ending(call: string): string {
  return `write({ type: 'ending', call: ${JSON.stringify(call)}, stack: '    at ends (/project/src/end.ts:4:2)' });`
}

test('the exit of a worker says what ended it, and its journal in which test', async () => {
  const { death, story, luaFiles } = await died(`${IN_TEST} ${DIES}`)
  expect(death).toMatchObject({
    verdict: 'died-in-test',
    test: testName('adds'),
    signal: 'SIGKILL',
    code: null,
    at: null,
  })
  expect(death.words).toMatch(/^was ended by SIGKILL/)
  expect([story.death, story.more, story.frames, story.culprit]).toEqual([death, [], '', null])
  expect(luaFiles).toEqual([])
})

test('its memory is what the journal says together with what was seen from outside', async () => {
  const { death } = await died(`${IN_TEST} ${DIES}`, life => life.memory.add({ ms: 1e6, rss: 90 * MEGABYTE }))
  expect(death.memory.map(({ rss }) => rss / MEGABYTE)).toEqual([50, 60, 80, 90])
})

test('Lua files that it had loaded are known, relative to the root', async () => {
  const loaded = `write({ type: 'lua-loaded', files: ['/project/lua/rules.lua'] });`
  expect((await died(`${loaded} ${DIES}`)).luaFiles).toEqual(['lua/rules.lua'])
})

describe('a call that ends the process', () => {
  test.each([
    ['process.exit(3)', 'process.exit(3)'],
    ['process.exit()', 'process.exit()'],
    ['process.exit(-1)', 'process.exit(-1)'],
    ['process.exit(259)', 'process.exit(259)'],
    ['process.reallyExit(3)', 'process.reallyExit(3)'],
    ['process.abort()', 'process.abort()'],
    ["process.kill(77, 'SIGSEGV')", 'process.kill(process.pid, "SIGSEGV")'],
    ['process.kill(77)', 'process.kill(process.pid)'],
  ])('is told where the exit agrees: %s', async (call, code) => {
    const { death, story } = await died(`${ending(call)} ${code}`)
    expect(death.words).toBe(`ended itself by ${call}`)
    expect(death.at).toEqual({ file: 'src/end.ts', line: 4, column: 2 })
    expect(story.frames).toBe('    at ends (/project/src/end.ts:4:2)')
  })

  test.each([
    ['process.exit(3)', DIES],
    ['process.exit(3)', 'process.exit(4)'],
    ["process.kill(77, 'SIGTERM')", DIES],
    ['process.abort()', 'process.exit(1)'],
  ])('is not told where something else was faster: %s', async (call, code) => {
    const { death, story } = await died(`${ending(call)} ${code}`)
    expect(death.words).not.toContain('ended itself')
    expect([death.at, story.frames]).toEqual([null, ''])
  })
})

describe('a worker that was ended because it was blocked', () => {
  const overdue: Limit = { of: 'test', limit: 5_000, began: 1 }
  const place: BlockedPlace = {
    test: testName('adds'),
    stack: '    at spin (/project/src/spin.ts:7:3)',
    lua: [],
    aboveLua: 1,
  }

  test('has its limit in words, and the place where it was', async () => {
    const { death, story } = await died(`${IN_TEST} ${DIES}`, life => {
      life.ended = { cause: 'blocked', overdue, silence: 2_000, place }
    })
    expect(death).toMatchObject({
      verdict: 'blocked',
      words: 'was blocked: it gave no sign of life for 2,000 ms after the timeout of its test, 5,000 ms',
      at: { file: 'src/spin.ts', line: 7, column: 3 },
    })
    expect(story).toMatchObject({
      more: ['It was in spin, src/spin.ts:7:3.'],
      frames: place.stack,
      culprit: testName('adds'),
    })
  })

  test('in a call that it told of has this call', async () => {
    const call = `write({ type: 'call-began', call: "execSync('x')", stack: '    at f (/project/a.ts:1:1)' });`
    const { story } = await died(`${IN_TEST} ${call} ${DIES}`, life => {
      life.ended = { cause: 'blocked', overdue, silence: 2_000, place: null }
    })
    expect(story.more).toEqual(["It was in execSync('x'), a.ts:1:1."])
  })

  test('after its file has no limit but its silence', async () => {
    const { death } = await died(`write({ type: 'closing', rss: 1 }); ${DIES}`, life => {
      life.ended = { cause: 'blocked', overdue: undefined, silence: 1_200, place: null }
    })
    expect(death).toMatchObject({
      verdict: 'died-after-file',
      words: 'was blocked: it gave no sign of life for 1,200 ms',
    })
  })

  test('by what a test left that had ended is none of those that ran', async () => {
    const { death, story } = await died(`${IN_TEST} ${DIES}`, life => {
      const late = { ...place, test: testName('ended before') }
      life.ended = { cause: 'blocked', overdue, silence: 2_000, place: late }
    })
    expect([death.test, story.culprit]).toEqual([testName('adds'), null])
  })
})

test('a worker that was ended over its memory has its limit, and the tests that ran', async () => {
  const { death, story } = await died(`${IN_TEST} ${DIES}`, life => {
    life.memory.add({ ms: 1e6, rss: 300 * MEGABYTE })
    life.ended = { cause: 'over-memory', rss: 300 * MEGABYTE, limit: 256 * MEGABYTE }
  })
  expect(death.verdict).toBe('over-memory')
  expect(death.words).toBe(
    'was ended at 300 MB of resident memory, over its limit of 256 MB (limits.workerMemory); 220 MB of it came while "adds" ran',
  )
  expect(story.more).toEqual([])
})

test('where only the watch thread of a runtime knew the place, it is told', async () => {
  const stuck = `write({ type: 'stuck-in-lua', runtime: 'luajit', frames: [{ chunk: '/project/lua/rules.lua', line: 12, name: 'spin' }] });`
  const { death } = await died(`${IN_TEST} ${stuck} ${DIES}`)
  expect(death.at).toMatchObject({ file: 'lua/rules.lua', line: 12 })
})
