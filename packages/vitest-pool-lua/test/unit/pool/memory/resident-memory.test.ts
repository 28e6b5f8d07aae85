import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { residentMemory } from '../../../../src/pool/memory/resident-memory.ts'
import { MEGABYTE } from '../../samples.ts'

const onLinux = process.platform === 'linux'

test.runIf(onLinux)('the memory of another process is seen as it sees it itself', async () => {
  const program = `
    const held = Buffer.alloc(${100 * MEGABYTE}, 1)
    process.send(process.memoryUsage.rss())
    setInterval(() => held.length, 1_000)`
  const child = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [itsOwn] = (await once(child, 'message')) as [number]
  const seen = residentMemory(child.pid ?? 0) ?? 0
  expect(seen).toBeGreaterThan(100 * MEGABYTE)
  expect(Math.abs(seen - itsOwn)).toBeLessThan(20 * MEGABYTE)

  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(residentMemory(child.pid ?? 0)).toBeNull()
})

test.skipIf(onLinux)('outside of Linux nobody knows it from outside', () => {
  expect(residentMemory(process.pid)).toBeNull()
})
