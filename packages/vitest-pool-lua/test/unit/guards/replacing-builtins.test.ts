import fs, { existsSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { replacingBuiltins } from '../../../src/guards/replacing-builtins.ts'

test('who has imported a function by name sees its replacement, once the outermost call is over', () => {
  const original = fs.existsSync
  onTestFinished(() => replacingBuiltins(() => void (fs.existsSync = original)))
  const seen: boolean[] = []
  replacingBuiltins(() => {
    replacingBuiltins(() => void (fs.existsSync = () => true))
    seen.push(existsSync('/no/such/file'))
  })
  seen.push(existsSync('/no/such/file'))
  expect(seen).toEqual([false, true])
})
