import { isBuiltin } from 'node:module'
import type * as Sqlite from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../../src/guards/engines.ts'
import type { EnginesGuard } from '../../../../src/guards/engines.ts'
import { trackEngines } from '../../../../src/guards/engines/track.ts'
import type { Tracking } from '../../../../src/guards/engines/track.ts'
import { currentTest, testName } from '../../samples.ts'

const clock = createTestClock(1_000)
let engines: EnginesGuard
let tracking: Tracking

// The first releases of Node 22 have no node:sqlite without a flag.
describe.runIf(isBuiltin('node:sqlite'))('node:sqlite', () => {
  const { DatabaseSync: held } = process.getBuiltinModule('node:sqlite')

  beforeEach(() => {
    engines = enginesGuard()
    tracking = trackEngines(engines, clock)
  })

  afterEach(() => tracking.close())

  test('a database of a class that somebody has held since before is seen when it is used', async () => {
    const database = new held(':memory:')
    clock.within(currentTest('uses it'), () => database.exec('SELECT 1'))
    await Promise.resolve()
    expect(await engines.close()).toMatchObject([
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
    expect(await engines.close()).toEqual([])
    expect(engines.counts().opened).toBe(1)
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
    tracking.close()
    expect(current().DatabaseSync).toBe(held)
    expect(Reflect.get(held.prototype, 'exec')).not.toBe(exec)
    expect(held.prototype.constructor).toBe(held)
  })
})

function current(): typeof Sqlite {
  return process.getBuiltinModule('node:sqlite')
}
