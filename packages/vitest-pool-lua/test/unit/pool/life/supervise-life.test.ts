import { describe, expect, onTestFinished, test } from 'vitest'
import type { Life } from '../../../../src/pool/life/life.ts'
import { superviseLife } from '../../../../src/pool/life/supervise-life.ts'
import type { Supervision } from '../../../../src/pool/life/supervise-life.ts'
import { BLOCKED_PLACE } from '../../../../src/protocol/blocked-place.ts'
import { live } from './small-life.ts'

const SUPERVISION: Supervision = {
  grace: 200,
  collectLimit: 60_000,
  workerMemory: null,
  hookTimeout: 10_000,
}
const PLACE = { test: null, stack: '    at spin (/project/a.ts:1:2)', lua: [], aboveLua: 0 }

const IN_TEST = `process.debugPort = 0
  globalThis[Symbol.for(${JSON.stringify(BLOCKED_PLACE)})] = () => ${JSON.stringify(JSON.stringify(PLACE))}
  write({ type: 'collected', sequential: [], rss: 1 })
  write({ type: 'body-began', test: 'adds', timeout: 50 });`

async function supervised(script: string, changes: Partial<Supervision> = {}): Promise<Life> {
  const life = await live(script)
  onTestFinished(superviseLife(life, { ...SUPERVISION, ...changes }))
  return life
}

describe('a worker that is blocked', () => {
  test('is asked where it is, and killed', async () => {
    const life = await supervised(`${IN_TEST} for (;;);`)
    expect(await life.gone).toMatchObject({ signal: 'SIGKILL' })
    expect(life.ended).toMatchObject({
      cause: 'blocked',
      overdue: { of: 'test', limit: 50 },
      silence: 200,
      place: PLACE,
    })
  })

  test('in a call that it told of is not asked: nobody could look into it', async () => {
    const life = await supervised(
      `${IN_TEST} write({ type: 'call-began', call: 'Atomics.wait', stack: '' }); for (;;);`,
    )
    expect(await life.gone).toMatchObject({ signal: 'SIGKILL' })
    expect(life.ended).toMatchObject({ cause: 'blocked', place: null })
  })

  test('where nobody can look is killed all the same', async () => {
    const life = await supervised(`${IN_TEST} process.on('SIGUSR1', () => {}); for (;;);`)
    expect(await life.gone).toMatchObject({ signal: 'SIGKILL' })
    expect(life.ended).toMatchObject({ cause: 'blocked', place: null })
  })
})

test('a worker with more memory than it may have is killed, and both are known', async () => {
  const life = await supervised('stay()', { workerMemory: 1_000 })
  expect(await life.gone).toMatchObject({ signal: 'SIGKILL' })
  expect(life.ended).toMatchObject({ cause: 'over-memory', limit: 1_000 })
  expect(life.ended?.cause === 'over-memory' && life.ended.rss).toBeGreaterThan(1_000)
  expect(life.memory.samples().length).toBeGreaterThan(0)
})

test('a worker whose supervision has ended lives on', async () => {
  const life = await live(`${IN_TEST} for (;;);`)
  superviseLife(life, SUPERVISION)()
  const other = await supervised(`${IN_TEST} for (;;);`)
  await other.gone
  expect([life.process.exitCode, life.process.signalCode, life.ended]).toEqual([null, null, null])
})
