import { expect, test } from 'vitest'
import { guardFailed, isolate } from '../../../src/guards/guard.ts'
import type { Guard } from '../../../src/guards/guard.ts'
import { currentTest, engineLeftOpen, registryGrew } from '../samples.ts'

/** A guard that writes down what is asked of it. */
function noting(name: string, said: string[]): Guard {
  const note = (step: string): [] => {
    said.push(`${name} ${step}`)
    return []
  }
  return {
    name,
    collected: () => note('collected'),
    beforeTest: () => note('beforeTest'),
    afterTest: ({ name: { fullName } }, alone) =>
      note(`afterTest ${fullName} ${alone ? 'alone' : 'not alone'}`),
    close: async () => note('close'),
  }
}

test('guards close last-opened first, and so goes every other step', async () => {
  const said: string[] = []
  const isolation = isolate([noting('processes', said), noting('engines', said)])

  isolation.collected()
  isolation.beforeTest()
  isolation.afterTest(currentTest('adds'), false)
  await isolation.close()

  expect(said).toEqual([
    'engines collected',
    'processes collected',
    'engines beforeTest',
    'processes beforeTest',
    'engines afterTest adds not alone',
    'processes afterTest adds not alone',
    'engines close',
    'processes close',
  ])
})

test('a guard closes only when the one that was opened after it has closed', async () => {
  const said: string[] = []
  const slow: Guard = {
    name: 'slow',
    async close() {
      await new Promise(resolve => {
        setTimeout(resolve, 20)
      })
      said.push('slow closed')
      return []
    },
  }
  await isolate([noting('first', said), slow]).close()
  expect(said).toEqual(['slow closed', 'first close'])
})

test.each([
  [
    'throws',
    () => {
      throw new TypeError('no such state')
    },
  ],
  ['rejects', () => Promise.reject(new TypeError('no such state'))],
])('where the close of a guard %s, that is a finding, and those after it still close', async (_, close) => {
  const said: string[] = []
  const failing: Guard = { name: 'lua', close }

  const discoveries = await isolate([noting('processes', said), failing, noting('engines', said)]).close()

  expect(said).toEqual(['engines close', 'processes close'])
  expect(discoveries).toEqual([
    {
      kind: 'guard-failed',
      guard: 'lua',
      error: 'TypeError: no such state',
      test: null,
      at: null,
      text: 'the guard "lua" failed: TypeError: no such state',
    },
  ])
})

test.each(['collected', 'beforeTest', 'afterTest'] as const)(
  'a guard that fails at %s is a finding, and the other guards take their step',
  async step => {
    const said: string[] = []
    const failing: Guard = {
      name: 'failing',
      [step]() {
        throw new Error('broken')
      },
      close: () => [],
    }
    const isolation = isolate([noting('processes', said), failing])

    isolation.collected()
    isolation.beforeTest()
    isolation.afterTest(currentTest('adds'), true)

    expect(said).toEqual(['processes collected', 'processes beforeTest', 'processes afterTest adds alone'])
    expect(await isolation.close()).toMatchObject([{ kind: 'guard-failed', guard: 'failing' }])
  },
)

test('what guards find before and after tests is kept until the close', async () => {
  const before = registryGrew({ registry: 'before' })
  const after = registryGrew({ registry: 'after' })
  const atTheEnd = engineLeftOpen()
  const guard: Guard = {
    name: 'finding',
    beforeTest: () => [before],
    afterTest: () => [after],
    close: () => [atTheEnd],
  }
  const isolation = isolate([guard])

  isolation.beforeTest()
  isolation.afterTest(currentTest('adds'), true)

  expect(await isolation.close()).toEqual([before, after, atTheEnd])
})

test('a guard without steps between tests is asked for none', async () => {
  const isolation = isolate([{ name: 'bare', close: () => [] }])
  isolation.collected()
  isolation.beforeTest()
  isolation.afterTest(currentTest('adds'), true)
  expect(await isolation.close()).toEqual([])
})

test.each([
  [new RangeError('too far'), 'RangeError: too far'],
  ['a string', 'a string'],
  [undefined, 'undefined'],
])('a guard that failed with %o says so', (cause, error) => {
  expect(guardFailed('engines', cause)).toMatchObject({
    error,
    text: `the guard "engines" failed: ${error}`,
  })
})
