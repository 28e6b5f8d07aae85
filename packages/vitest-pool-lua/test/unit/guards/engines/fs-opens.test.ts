import { closeSync, open, openSync } from 'node:fs'
import { open as openHandle } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { watchFsOpens } from '../../../../src/guards/engines/fs-opens.ts'
import { takeOpening } from '../../../../src/guards/engines/opening.ts'

const HERE = fileURLToPath(import.meta.url)

/** By functions that were imported by their names. */
async function openThrice(): Promise<void> {
  closeSync(openSync(HERE, 'r'))
  closeSync(await promisify(open)(HERE, 'r'))
  const handle = await openHandle(HERE)
  await handle.close()
}

test('what is opened is heard of until the end, and not after it', async () => {
  const heard: string[] = []
  const clock = createTestClock(1_000)
  const close = watchFsOpens({
    began: below => takeOpening(below, clock),
    descriptor: (_, path) => void heard.push(path),
    handle: (_, path) => void heard.push(path),
  })
  await openThrice()
  close()
  await openThrice()

  expect(heard.filter(path => HERE.endsWith(path))).toHaveLength(3)
})
