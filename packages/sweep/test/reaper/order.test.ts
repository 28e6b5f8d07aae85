import { expect, test } from 'vitest'
import { orderReader, toLine } from '../../src/reaper/order.ts'

test('orders are read however they are cut into pieces', () => {
  const read = orderReader()
  const text = toLine({ type: 'forget', pid: 7 }) + toLine({ type: 'dismiss' })

  expect(text.split('').flatMap(read)).toEqual([{ type: 'forget', pid: 7 }, { type: 'dismiss' }])
})

test('what the main process did not come to finish is no order', () => {
  expect(orderReader()(toLine({ type: 'dismiss' }).slice(0, -1))).toEqual([])
})
