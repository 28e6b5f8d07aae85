import { afterEach, beforeEach, expect, test } from 'vitest'
import { isAlive, sweep } from '../src/index.ts'
import { type Nursery, identify, openNursery } from './nursery.ts'

let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  await nursery.close()
})

test.each([
  ['a part of its command line', [{ match: 'sleep 4000', reason: 'may sleep' }]],
  ['an expression', [{ match: /^sleep \d+/g, reason: 'may sleep' }]],
  [
    'a function',
    ({ command }: { command: string }) => (command.startsWith('sleep') ? 'may sleep' : undefined),
  ],
])('a process allowed by %s goes on running, and the reason is told', async (_, allow) => {
  const root = await nursery.grow('sleep $TAG &', 1)

  const { processes } = await sweep({ cookie: nursery.cookie, roots: [root] }, { allow })

  expect(processes).toMatchObject([{ outcome: 'allowed', reason: 'may sleep' }])
  expect(nursery.strays()).toHaveLength(1)
})

test('what an allowed process started is allowed with it, and what is beside it is ended', async () => {
  const root = await nursery.grow("sh -c 'sleep $0; : service' $TAG & setsid sleep $TAG &", 2)

  const { processes } = await sweep(
    { roots: [root] },
    { allow: [{ match: ': service', reason: 'lives on' }] },
  )

  const outcomes = processes.map(({ outcome, ...rest }) => [outcome, 'reason' in rest ? rest.reason : ''])
  expect(outcomes).toHaveLength(3)
  expect(outcomes).toContainEqual(['allowed', 'lives on'])
  expect(outcomes).toContainEqual([
    'allowed',
    expect.stringMatching(/^started by \d+, which is exempt: lives on$/),
  ])
  expect(outcomes).toContainEqual(['ended', ''])
  expect(nursery.strays()).toHaveLength(2)
})

test('a kept process goes on running', async () => {
  const root = await nursery.grow('sleep $TAG & setsid sleep $TAG &', 2)
  const [first = 0] = nursery.strays()

  const { processes } = await sweep({ roots: [root] }, { keep: [first] })

  expect(processes).toContainEqual(expect.objectContaining({ pid: first, outcome: 'kept' }))
  expect(nursery.strays()).toEqual([first])
})

test('the identity of an earlier process keeps nobody', async () => {
  const root = await nursery.grow('sleep $TAG &', 1)
  const [stray] = nursery.strays().map(identify)
  const earlier = nursery.strays().map(pid => ({ pid, startTime: 5 }))

  const { processes } = await sweep({ roots: [root] }, { keep: earlier })

  expect(processes).toMatchObject([{ outcome: 'ended' }])
  expect(stray && isAlive(stray)).toBe(false)
})

test('a process with the exempting variable is kept with all that it starts', async () => {
  const root = await nursery.grow("KEEP=1 sh -c 'sleep $0; :' $TAG & KEEP=0 sleep $TAG &", 2)
  const exempting = { name: 'KEEP', value: '1' }

  const { processes } = await sweep({ cookie: nursery.cookie, roots: [root] }, { exempting })

  expect(processes.map(({ outcome }) => outcome).toSorted()).toEqual(['ended', 'kept', 'kept'])
  expect(nursery.strays()).toHaveLength(2)
})
