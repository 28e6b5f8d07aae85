import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test } from 'vitest'
import { createTestClock } from '../../../../src/guards/current-test.ts'
import { enginesGuard } from '../../../../src/guards/engines.ts'
import { trackEngines } from '../../../../src/guards/engines/track.ts'

test('a thread that ends by itself was not left open', async () => {
  const engines = enginesGuard({ ending: 60_000 })
  const tracking = trackEngines(engines, createTestClock(1_000))
  onTestFinished(() => tracking.close())
  const thread = new Worker(
    'require("node:worker_threads").parentPort.postMessage(1); setTimeout(() => {}, 50)',
    {
      eval: true,
    },
  )
  await once(thread, 'message')
  expect(await engines.close()).toEqual([])
  expect(engines.counts()).toEqual({ opened: 1, disposed: 1, left: 0 })
})
