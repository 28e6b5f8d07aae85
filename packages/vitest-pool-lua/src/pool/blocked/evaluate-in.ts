/**
 * Has the inspector at an address evaluate an expression, and gives its value.
 *
 *     const text = await evaluateIn('ws://127.0.0.1:40161/…', 'process.version', signal)
 *
 * `Runtime.evaluate` alone: V8 serves it at the next turn of a loop or call of a function, in WebAssembly, in a
 * regular expression that goes back, and in `Atomics.wait` too. `Debugger.pause` is not needed, costs 60 ms more,
 * and cannot evaluate in Node's own frames, where endless chains of promises or ticks are mostly met.
 * https://chromedevtools.github.io/devtools-protocol/v8/Runtime/#method-evaluate
 */
interface Answer {
  readonly result?: { readonly result?: { readonly value?: unknown }; readonly exceptionDetails?: object }
}

/** Rejects when the signal aborts; the connection ends then too. */
export function evaluateIn(address: string, expression: string, signal: AbortSignal): Promise<unknown> {
  const socket = new WebSocket(address)
  const request = { id: 1, method: 'Runtime.evaluate', params: { expression, silent: true } }
  return new Promise((resolve, reject) => {
    const fail = (): void => {
      socket.close()
      reject(new Error('The inspector did not answer'))
    }
    signal.addEventListener('abort', fail)
    socket.addEventListener('error', fail)
    socket.addEventListener('close', fail)
    socket.addEventListener('open', () => socket.send(JSON.stringify(request)))
    socket.addEventListener('message', ({ data }) => {
      resolve((JSON.parse(String(data)) as Answer).result?.result?.value)
    })
  })
}
