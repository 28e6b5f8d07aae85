import { afterEach, beforeEach, expect, test } from 'vitest'
import { endProcesses } from '../../src/end/windows.ts'
import { openTreeFinder } from '../../src/find/tree.ts'
import { openHunt } from '../../src/hunt.ts'
import { timingOf } from '../../src/options.ts'
import { type Nursery, openNursery } from '../nursery.ts'

// Here tree-kill uses ps, on Windows taskkill: what is tested is the course of it.
let nursery: Nursery

beforeEach(() => {
  nursery = openNursery()
})

afterEach(async () => {
  await nursery.close()
})

test('trees are ended with tree-kill', async () => {
  const root = await nursery.grow("sh -c 'sleep $0; :' $TAG &", 1)
  const hunt = openHunt(openTreeFinder().search({ roots: [root.pid] }), {})

  await endProcesses(hunt, timingOf({}))

  expect(hunt.outcomes().map(({ outcome }) => outcome)).toEqual(['ended', 'ended'])
  expect(nursery.strays()).toEqual([])
})

test('where something is exempt, processes are ended one by one', async () => {
  const root = await nursery.grow("sh -c 'sleep $0; :' $TAG & sh -c 'sleep $0; : service' $TAG &", 2)
  const allow = [{ match: ': service', reason: 'lives on' }]
  const hunt = openHunt(openTreeFinder().search({ roots: [root.pid] }), { allow })

  await endProcesses(hunt, timingOf({}))

  const outcomes = hunt.outcomes().map(({ outcome }) => outcome)
  expect(outcomes.toSorted()).toEqual(['allowed', 'allowed', 'ended', 'ended'])
  expect(nursery.strays()).toHaveLength(2)
})
