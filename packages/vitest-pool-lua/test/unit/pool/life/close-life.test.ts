import { describe, expect, test } from 'vitest'
import { closeLife } from '../../../../src/pool/life/close-life.ts'
import { monotonic } from '../../../../src/pool/monotonic.ts'
import { BLOCKED_PLACE } from '../../../../src/protocol/blocked-place.ts'
import { live } from './small-life.ts'

/** ms: Vitest's default. */
const TEARDOWN_TIMEOUT = 10_000
/** ms: five times the 2 s within which a worker is ended. */
const HANGS = 10_000

const onStop = (what: string): string => `process.on('message', () => { ${what} }); beat()`

describe('a worker that answers', () => {
  test('is ended as it is told to, and its answer is kept', async () => {
    const closed = await closeLife(await live(onStop('answer()')), TEARDOWN_TIMEOUT)
    expect(closed).toMatchObject({
      gone: { signal: 'SIGTERM', code: null },
      stopped: { type: 'stopped', mine: true },
      asTold: true,
    })
  })

  test.each([0, 143])('may handle SIGTERM and exit with %d', async code => {
    const life = await live(`process.on('SIGTERM', () => process.exit(${code})); ${onStop('answer()')}`)
    expect(await closeLife(life, TEARDOWN_TIMEOUT)).toMatchObject({ gone: { code }, asTold: true })
  })

  test('and then ends in a way of its own has not ended as it was told to', async () => {
    const life = await live(`process.on('SIGTERM', () => process.exit(3)); ${onStop('answer()')}`)
    expect(await closeLife(life, TEARDOWN_TIMEOUT)).toMatchObject({
      gone: { code: 3 },
      stopped: { mine: true },
      asTold: false,
    })
  })

  test('and will not end is killed; as long as it turns, that is no crash', async () => {
    const life = await live(`process.on('SIGTERM', () => {}); ${onStop('answer()')}`)
    expect(await closeLife(life, TEARDOWN_TIMEOUT)).toMatchObject({
      gone: { signal: 'SIGKILL' },
      asTold: true,
    })
    expect(life.ended).toBeNull()
  })

  test('and hangs as it ends is killed: it was blocked', async () => {
    const life = await live(
      `process.on('message', () => answer()); process.on('SIGTERM', () => { for (;;); }); stay()`,
    )
    expect(await closeLife(life, TEARDOWN_TIMEOUT)).toMatchObject({
      gone: { signal: 'SIGKILL' },
      stopped: { mine: true },
      asTold: false,
    })
    expect(life.ended).toMatchObject({ cause: 'blocked', overdue: undefined, place: null })
  })
})

describe('a worker that is gone', () => {
  test('before it is asked to stop has not ended as it was told to', async () => {
    const life = await live('process.kill(process.pid, "SIGSEGV")')
    await life.gone
    const began = monotonic()
    const closed = await closeLife(life, TEARDOWN_TIMEOUT)
    expect(closed).toMatchObject({ gone: { signal: 'SIGSEGV' }, asTold: false })
    expect(closed.stopped).toBeUndefined()
    expect(monotonic() - began).toBeLessThan(HANGS)
  })

  test('because it was asked to stop has not ended as it was told to', async () => {
    const closed = await closeLife(await live(onStop('process.exit(0)')), TEARDOWN_TIMEOUT)
    expect(closed).toMatchObject({ gone: { code: 0 }, asTold: false })
  })
})

describe('a worker that does not answer', () => {
  test('and gives no sign of life is killed: it was blocked', async () => {
    const began = monotonic()
    const life = await live(onStop('for (;;);'))
    const closed = await closeLife(life, TEARDOWN_TIMEOUT)
    expect(closed).toMatchObject({ gone: { signal: 'SIGKILL' }, asTold: false })
    expect(closed.stopped).toBeUndefined()
    expect(life.ended).toMatchObject({ cause: 'blocked', overdue: undefined, place: null })
    expect(monotonic() - began).toBeLessThan(HANGS)
  })

  // It is asked for 300 ms, within which a busy machine may not come to answer.
  test('is asked where it is before it is killed', { retry: 5 }, async () => {
    const place = { test: null, stack: '    at spin (/project/a.ts:1:2)', lua: [], aboveLua: 0 }
    const life = await live(
      `process.debugPort = 0
       globalThis[Symbol.for(${JSON.stringify(BLOCKED_PLACE)})] = () => ${JSON.stringify(JSON.stringify(place))}
       ${onStop('for (;;);')}`,
    )
    await closeLife(life, TEARDOWN_TIMEOUT)
    expect(life.ended).toMatchObject({ cause: 'blocked', place })
  })

  test("but gives signs of life has Vitest's time, and is ended then", async () => {
    const began = monotonic()
    const closed = await closeLife(await live(onStop('')), 2_000)
    expect(closed).toMatchObject({ gone: { signal: 'SIGTERM' }, asTold: true })
    expect(closed.stopped).toBeUndefined()
    expect(monotonic() - began).toBeGreaterThan(2_000)
  })

  test('because somebody stops it in a debugger is waited for', async () => {
    const life = await live(
      `write({ type: 'beat', inspector: true }); process.on('message', () => setTimeout(answer, 2_000))`,
    )
    expect(await closeLife(life, 500)).toMatchObject({ stopped: { mine: true }, asTold: true })
  })
})

test('nothing listens to a worker that is closed', async () => {
  const life = await live(onStop('answer()'))
  await closeLife(life, TEARDOWN_TIMEOUT)
  expect(life.process.listenerCount('message')).toBe(0)
})
