import { expect, test } from 'vitest'
import { fileRecordOf, setFileRecord } from '../../../src/protocol/file-report.ts'
import { fileRecord } from '../samples.ts'

test('a record that was set is found again, beside what others put into the meta', () => {
  const meta = { typecheck: true }
  setFileRecord(meta, fileRecord())
  expect(fileRecordOf(meta)).toEqual(fileRecord())
  expect(meta).toHaveProperty('typecheck', true)
})

test('a file of another pool has no record', () => {
  expect(fileRecordOf({})).toBeUndefined()
})

test('a record survives as JSON, as in a blob report', () => {
  const meta = {}
  setFileRecord(meta, fileRecord())
  expect(fileRecordOf(JSON.parse(JSON.stringify(meta)) as object)).toEqual(fileRecord())
})
