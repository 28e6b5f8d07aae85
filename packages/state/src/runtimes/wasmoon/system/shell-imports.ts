/** `os.execute`: the system's shell. Its output is the process's own; there is no input to wait for. */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import type { Heap } from '../heap.ts'

/** What shells add to the number of the signal that ended a program. */
const signalled = 128
const notFound = 127

export function shellImports(heap: () => Heap) {
  return {
    /** Without a command: whether there is a shell. Gives the exit code. */
    system: (command: number): number => {
      if (command === 0) return 1
      const { status, signal } = spawnSync(heap().textAt(command), {
        shell: true,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      if (signal !== null) return signalled + constants.signals[signal]
      return status ?? notFound
    },
  }
}
