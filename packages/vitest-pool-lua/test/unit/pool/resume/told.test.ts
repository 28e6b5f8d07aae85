import { describe, expect, test } from 'vitest'
import { Told } from '../../../../src/pool/resume/told.ts'
import type { Event } from '../../../../src/pool/vitest-rpc.ts'
import { FILE_ID, file, idOf, suite, test as task } from '../file/file-tasks.ts'
import { collectedMessage, event, pack, ranMessage, request, update } from '../file/updates.ts'

const whole = file(task('before'), suite('outer', [task('first'), suite('inner', [task('second')])]))

/** What Vitest has heard of a file that one worker has collected. */
function collected(): Told {
  const told = new Told()
  told.pass(request('onQueued', whole))
  told.pass(collectedMessage(whole))
  return told
}

/** One that has ended a test too. */
function oneEnded(): Told {
  const told = collected()
  told.pass(ranMessage('before'))
  return told
}

describe('the first worker', () => {
  test('is passed on as it speaks', () => {
    const told = new Told()
    const messages = [
      request('onQueued', whole),
      collectedMessage(whole),
      update([pack('before', 'run')], [event('before', 'test-prepare')]),
      update([pack('before', 'pass')], [event('before', 'test-finished')]),
      request('onUserConsoleLog', { content: 'one' }),
      request('resolveSnapshotPath', 'a.test.ts'),
    ]
    expect(messages.map(message => told.pass(message))).toEqual(messages)
  })

  test('makes the file known', () => {
    const told = new Told()
    expect([told.file, told.fileId]).toEqual([undefined, undefined])
    told.pass(request('onQueued', whole))
    expect([told.file, told.fileId]).toEqual([undefined, FILE_ID])
    told.pass(collectedMessage(whole))
    expect([told.file, told.fileId]).toEqual([whole, FILE_ID])
  })
})

test('a test that failed after it had passed is news', () => {
  const told = oneEnded()
  const late = update([pack('before', 'fail')], [])
  expect(told.pass(late)).toEqual(late)
  expect(told.tests.get(idOf('before'))).toBe('fail')
  expect(told.pass(late)).toBeUndefined()
})

describe('a second worker', () => {
  test('neither queues nor collects the file again', () => {
    const told = collected()
    expect(told.pass(request('onQueued', whole))).toBeUndefined()
    expect(told.pass(collectedMessage(file()))).toBeUndefined()
    expect(told.file).toBe(whole)
  })

  test('says nothing of a test that has ended', () => {
    const told = oneEnded()
    const again = [event('before', 'test-prepare'), event('before', 'test-finished')]
    expect(told.pass(update([pack('before', 'skip')], again))).toBeUndefined()
    expect(told.tests.get(idOf('before'))).toBe('pass')
  })

  test('does not begin again with what has begun, and ends it', () => {
    const told = collected()
    told.pass(
      update([pack('first', 'run')], [event('outer', 'suite-prepare'), event('first', 'test-prepare')]),
    )
    const more = update(
      [pack('first', 'pass')],
      [event('outer', 'suite-prepare'), event('first', 'test-prepare'), event('first', 'test-finished')],
    )
    expect(told.pass(more)).toEqual(update([pack('first', 'pass')], [event('first', 'test-finished')]))
  })

  test('is passed on as far as it has news', () => {
    const told = oneEnded()
    const mixed = update(
      [pack('before', 'skip'), pack('first', 'run')],
      [event('before', 'test-finished'), event('first', 'test-prepare')],
    )
    expect(told.pass(mixed)).toEqual(update([pack('first', 'run')], [event('first', 'test-prepare')]))
  })

  test('may tell of a test that its earlier attempt died in', () => {
    const told = collected()
    told.pass(update([], [event('first', 'test-prepare')]))
    const retried = update([pack('first', 'run')], [event('first', 'test-retried')])
    expect(told.pass(retried)).toEqual(retried)
  })

  test('tells of the file itself to its very end', () => {
    const told = collected()
    const end = update([[FILE_ID, { state: 'pass' }, {}]], [[FILE_ID, 'suite-finished', undefined]])
    expect(told.pass(end)).toEqual(end)
    const more = update([[FILE_ID, { state: 'fail' }, {}]], [])
    expect(told.pass(more)).toEqual(more)
    expect(told.last.get(FILE_ID)).toEqual({ result: { state: 'fail' }, meta: {} })
  })
})

test('whatever is sent again, nothing is told twice', () => {
  const told = new Told()
  const once = [
    request('onQueued', whole),
    collectedMessage(whole),
    update([pack('outer', 'run')], [event('outer', 'suite-prepare')]),
    update([pack('first', 'fail')], [event('first', 'test-prepare'), event('first', 'test-finished')]),
    update([pack('outer', 'fail')], [event('outer', 'suite-finished')]),
  ]
  const heard = [...once, ...once, ...once].map(message => told.pass(message))
  const events = heard.flatMap(message => (message?.m === 'onTaskUpdate' ? (message.a[1] as Event[]) : []))
  expect(events).toEqual([
    event('outer', 'suite-prepare'),
    event('first', 'test-prepare'),
    event('first', 'test-finished'),
    event('outer', 'suite-finished'),
  ])
  expect(heard.filter(message => message?.m === 'onQueued' || message?.m === 'onCollected')).toHaveLength(2)
})

test('what the main process tells in its stead counts as told', () => {
  const told = collected()
  told.enter(
    [pack('first', 'fail')],
    [event('first', 'test-prepare'), event('first', 'test-finished'), event('inner', 'suite-failed-early')],
  )
  expect(told.tests.get(idOf('first'))).toBe('fail')
  expect([...told.suites, ...told.begun]).toEqual([idOf('inner'), idOf('first')])
  expect(told.pass(update([pack('first', 'pass')], [event('first', 'test-finished')]))).toBeUndefined()
})

test('a test that is finished without a result was skipped', () => {
  const told = collected()
  told.pass(update([[idOf('first'), undefined, {}]], [event('first', 'test-finished')]))
  expect(told.tests.get(idOf('first'))).toBe('skip')
})

test('suites are open until they end, the innermost first; the file is none of them', () => {
  expect(new Told().openSuites()).toEqual([])
  const told = collected()
  expect(told.openSuites().map(({ name }) => name)).toEqual(['inner', 'outer'])
  told.pass(update([pack('inner', 'pass')], [event('inner', 'suite-finished')]))
  expect(told.openSuites().map(({ name }) => name)).toEqual(['outer'])
})
