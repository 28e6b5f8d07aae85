import { describe, expect, test } from 'vitest'
import { CallsToVitest, emptyAnswer, isRequest } from '../../../src/pool/vitest-rpc.ts'
import type { RpcRequest } from '../../../src/pool/vitest-rpc.ts'

test.each([
  [{ t: 'q', m: 'onQueued', a: [], i: '1' }, true],
  [{ t: 'q', m: 'onCancel', a: [] }, true],
  [{ t: 's', i: '1', r: null }, false],
  [{ type: 'started' }, false],
  [null, false],
  ['q', false],
  [undefined, false],
])('a call is told from everything else: %j', (message, is) => {
  expect(isRequest(message)).toBe(is)
})

test('a call that is not passed on is answered, if anybody waits', () => {
  expect(emptyAnswer({ t: 'q', m: 'onQueued', a: [], i: 'call-1' })).toEqual({ t: 's', i: 'call-1' })
  expect(emptyAnswer({ t: 'q', m: 'onQueued', a: [] })).toBeUndefined()
})

function calls() {
  const delivered: RpcRequest[] = []
  return { delivered, calls: new CallsToVitest(message => delivered.push(message)) }
}

describe("calls in a worker's stead", () => {
  test('are messages as a worker would send them, each with an id of its own', () => {
    const { delivered, calls: made } = calls()
    void made.call('onTaskUpdate', [[], []])
    void made.call('onTaskUpdate', [[], []])
    expect(delivered).toMatchObject([
      { t: 'q', m: 'onTaskUpdate', a: [[], []] },
      { t: 'q', m: 'onTaskUpdate', a: [[], []] },
    ])
    expect(new Set(delivered.map(({ i }) => i)).size).toBe(2)
  })

  test('settle with their own answer, and not before', async () => {
    const { delivered, calls: made } = calls()
    const settled: string[] = []
    const first = made.call('one', []).then(() => settled.push('one'))
    const second = made.call('two', []).then(() => settled.push('two'))
    expect(made.takeAnswer({ t: 's', i: delivered[1]?.i, r: null })).toBe(true)
    await second
    expect(settled).toEqual(['two'])
    expect(made.takeAnswer({ t: 's', i: delivered[0]?.i, e: new Error('a reporter threw') })).toBe(true)
    await first
    expect(settled).toEqual(['two', 'one'])
  })

  test('take no answer that is not theirs, nor one twice', () => {
    const { delivered, calls: made } = calls()
    void made.call('one', [])
    expect(made.takeAnswer({ t: 's', i: 'of the worker' })).toBe(false)
    expect([null, 'text', { type: 'start' }].map(message => made.takeAnswer(message))).toEqual([
      false,
      false,
      false,
    ])
    const answer = { t: 's', i: delivered[0]?.i }
    expect([made.takeAnswer(answer), made.takeAnswer(answer)]).toEqual([true, false])
  })
})
