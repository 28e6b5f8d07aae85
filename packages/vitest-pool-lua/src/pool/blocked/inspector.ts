/**
 * The inspector of another process, which evaluates there what it is asked to.
 *
 *     const inspector = await connect('ws://127.0.0.1:40161/…', signal)
 *     await inspector.evaluate('process.version')
 *
 * `Runtime.evaluate` alone: V8 serves it at the next turn of a loop or call of a function, in WebAssembly, in a
 * regular expression that goes back, and in `Atomics.wait` too. `Debugger.pause` is not needed, costs 60 ms more,
 * and cannot evaluate in Node's own frames, where endless chains of promises or ticks are mostly met.
 * https://chromedevtools.github.io/devtools-protocol/v8/Runtime/#method-evaluate
 */
export interface Inspector {
  /** The value, if it is plain text or a number. Rejects when the signal aborts. */
  evaluate(expression: string): Promise<unknown>
}

interface Answer {
  readonly id: number
  readonly result?: { readonly result?: { readonly value?: unknown } }
}

/** The connection ends when the signal aborts. */
export async function connect(address: string, signal: AbortSignal): Promise<Inspector> {
  signal.throwIfAborted()
  const socket = new WebSocket(address)
  const answered = new Map<number, (value: unknown) => void>()
  const closed = new Promise<never>((_, reject) => {
    const close = (): void => {
      socket.close()
      reject(new Error('The inspector is gone'))
    }
    signal.addEventListener('abort', close)
    socket.addEventListener('close', close)
  })
  // Whoever waits for something hears of it.
  closed.catch(() => {})
  socket.addEventListener('message', ({ data }) => {
    const { id, result } = JSON.parse(String(data)) as Answer
    answered.get(id)?.(result?.result?.value)
  })
  const opened = new Promise(resolve => socket.addEventListener('open', resolve))
  await Promise.race([opened, closed])
  return {
    evaluate(expression) {
      const id = answered.size + 1
      const value = new Promise(resolve => void answered.set(id, resolve))
      socket.send(JSON.stringify({ id, method: 'Runtime.evaluate', params: { expression, silent: true } }))
      return Promise.race([value, closed])
    },
  }
}
