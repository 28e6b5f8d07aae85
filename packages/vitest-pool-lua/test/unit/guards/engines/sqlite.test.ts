import { isBuiltin } from 'node:module'
import type * as Sqlite from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { currentTest, testName } from '../../samples.ts'
import { trackedEngines } from './tracked.ts'

const clock = createTestClock(1_000)

// The first releases of Node 22 have no node:sqlite without a flag.
describe.runIf(isBuiltin('node:sqlite'))('node:sqlite', () => {
  const { DatabaseSync: held } = process.getBuiltinModule('node:sqlite')

  const tracked = trackedEngines(clock)

  test('a database of a class that somebody has held since before is seen when it is used', async () => {
    const database = new held(':memory:')
    clock.within(currentTest('uses it'), () => database.exec('SELECT 1'))
    await Promise.resolve()
    expect(await tracked.engines.close()).toMatchObject([
      { engine: 'SQLite database (:memory:)', outcome: 'disposed', test: testName('uses it') },
    ])
    expect(() => database.exec('SELECT 1')).toThrow('not open')
  })

  test('a database that is used many times is one engine', async () => {
    const database = new (current().DatabaseSync)(':memory:')
    database.exec('SELECT 1')
    database.prepare('SELECT 1')
    database.close()
    await Promise.resolve()
    expect(await tracked.engines.close()).toEqual([])
    expect(tracked.engines.counts().opened).toBe(1)
  })

  test('a database is of the class that made it, by whatever a program looks at', () => {
    const { DatabaseSync } = current()
    const database = new DatabaseSync(':memory:')
    expect(database).toBeInstanceOf(DatabaseSync)
    expect(database).toBeInstanceOf(held)
    expect(database.constructor).toBe(DatabaseSync)
    expect(database.exec.name).toBe('exec')
    database.close()
  })

  test('closing puts the class and its methods back', () => {
    const exec: unknown = Reflect.get(held.prototype, 'exec')
    expect(current().DatabaseSync).not.toBe(held)
    tracked.tracking.close()
    expect(current().DatabaseSync).toBe(held)
    expect(Reflect.get(held.prototype, 'exec')).not.toBe(exec)
    expect(held.prototype.constructor).toBe(held)
  })
})

function current(): typeof Sqlite {
  return process.getBuiltinModule('node:sqlite')
}
