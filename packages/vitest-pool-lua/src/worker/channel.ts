/**
 * The worker's side of the channel to the main process.
 *
 * The functions of `process` are saved before user code can replace them, as
 * Vitest's own forks do:
 * https://github.com/vitest-dev/vitest/blob/v5.1.1/packages/vitest/src/runtime/workers/init-forks.ts
 */
import { InvariantError } from '../errors.ts'

export interface Channel {
  post(this: void, message: unknown): void
  on(listener: (message: unknown) => void): void
  off(listener: (message: unknown) => void): void
  teardown(): void
  /** Settles when what was posted so far has left this process. */
  flushed(this: void): Promise<void>
}

export function openChannel(): Channel {
  if (process.send === undefined) throw new InvariantError('A worker was started without a channel')
  const exit = process.exit.bind(process)
  const send = process.send.bind(process)
  const on = process.on.bind(process)
  const off = process.off.bind(process)
  const removeAll = process.removeAllListeners.bind(process)

  const closed = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'ERR_IPC_CHANNEL_CLOSED' || error.code === 'EPIPE') exit(1)
  }
  on('error', closed)
  // The main process is gone: Vitest 4.1 would leave this worker running.
  on('disconnect', () => exit(1))

  let posted: Promise<void> = Promise.resolve()
  const post = (message: unknown): void => {
    const { promise, resolve } = Promise.withResolvers<void>()
    // What cannot be cloned throws here, and must reach Vitest.
    send(message, undefined, undefined, () => resolve())
    posted = promise
  }

  return {
    post,
    flushed: () => posted,
    on: listener => void on('message', listener),
    off: listener => void off('message', listener),
    teardown() {
      removeAll('message')
      off('error', closed)
      process.exit = exit
    },
  }
}
