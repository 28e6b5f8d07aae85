/** A session and a runner that write down, in one list, what they are told: the order is what counts. */
import { createTestClock } from '../../../src/guards/current-test.ts'
import type { FileSession, Runner, VitestLookups } from '../../../src/worker/runner.ts'

export function notingSession(said: string[]): FileSession {
  let closed = false
  return {
    clock: createTestClock(1_000),
    async open() {
      await Promise.resolve()
      said.push('guards open')
    },
    collected: () => void said.push('guards collected'),
    quiet: () => Promise.resolve(),
    beforeTest: () => void said.push('guards before test'),
    afterTest: ({ name }, alone) =>
      void said.push(`guards after ${name.fullName}${alone ? '' : ', while others run'}`),
    async close(file) {
      if (closed) return
      closed = true
      await Promise.resolve()
      said.push(`guards close ${file.name}`)
    },
  }
}

export function notingRunner(said: string[], changes: Partial<Runner> = {}): Runner {
  const note = async (words: string): Promise<void> => {
    await Promise.resolve()
    said.push(words)
  }
  return {
    importFile: path => note(`import ${path}`),
    onCollected: files => note(`collected ${files.length}`),
    onBeforeTryTask: test => note(`try ${test.name}`),
    onAfterRetryTask: test => note(`tried ${test.name}`),
    onBeforeRunSuite: suite => note(`begin ${suite.name}`),
    onAfterRunSuite: suite => note(`suite ${suite.name}`),
    ...changes,
  }
}

/** A runner with nothing but what Vitest demands. */
export function bareRunner(): Runner {
  return { importFile: () => 'imported' }
}

/** Tests have this function, and suites no hooks. */
export function lookups(ownFunction: VitestLookups['ownFunction']): VitestLookups {
  return { ownFunction, hooksOf: () => ({}), collectors: () => [] }
}

export const noFunction = lookups(() => undefined)
